import type { Dictionary } from '../languages.ts';

/** The menu in Japanese. */
export const japanese: Dictionary = {
  'Make a finished video clip from a few words and your logo':
    '短い文章とロゴから完成した動画クリップを作ります',
  'What the video should show, in your own words and language': '動画で見せたいもの(自分の言葉と言語で)',
  'Who films it; left out, the best one that fits': '撮影するモデル(省略すると条件に合う最良のもの)',
  'Length in whole seconds, for example 6': '長さ(整数の秒数、例:6)',
  'Shape of the frame, for example 9:16 or vertical': '画面の比率(例:9:16 または vertical)',
  'A well-tried recipe to start from': '出発点になる定番のレシピ',
  'Where it will be seen; sets shape, length and style': '公開する場所(比率、長さ、スタイルが決まります)',
  'Name of the product or brand, as it should be written': '商品名またはブランド名(表記どおりに)',
  'The line the clip ends on': 'クリップの最後に出る一行',
  'What the product is and what matters about it': '商品の説明と大切な点',
  'How the wording should be worked on, for example “more cinematic”':
    '文章の直し方(例:「もっと映画らしく」)',
  'Film my words as they are, without polishing them': '文章を手直しせず、そのまま撮影します',
  'Your logo; it is laid over the film, never redrawn': 'ロゴ(描き直さず、映像に重ねます)',
  'Pictures that show the product or the look': '商品や雰囲気を示す画像',
  'Pictures of the product; it keeps its exact look': '商品の画像(見た目をそのまま保ちます)',
  'The picture that the film begins with': '映像の最初の画像',
  'The picture it ends on, beside a first one': '最後の画像(最初の画像と一緒に使います)',
  'Address of a picture on the web': 'ウェブ上の画像のアドレス',
  'Who makes the stills; left out, the first that can': '静止画を作るモデル(省略すると最初に使えるもの)',
  'How fine the stills are, where the model has a choice': '静止画の品質(モデルが選べる場合)',
  'Look of the stills, where the model has a choice': '静止画の雰囲気(モデルが選べる場合)',
  'How many stills to choose from, 1 to 6': '候補にする静止画の枚数(1~6)',
  'Who decides on this video; left out, whoever decides in this server':
    'この動画を承認する人(省略するとサーバーの承認者)',
  'A role whose members decide on this video': 'この動画を承認するロール',
  'The models you can choose from: lengths, shapes, prices, usual waits':
    '選べるモデル:長さ、比率、料金、通常の待ち時間',
  'What each model would charge and take for a clip, side by side':
    'クリップ1本の料金と時間をモデルごとに比べます',
  'Length in whole seconds; left out, that of the video here': '長さ(整数の秒数、省略するとここの動画の長さ)',
  'Shape of the frame, for example 9:16': '画面の比率(例:9:16)',
  'Where it will be seen': '公開する場所',
  'Pictures that the film should follow': '映像の手本になる画像',
  'What is being made here, and what waits for somebody': 'ここで制作中のものと、誰かを待っているもの',
  'Only those, for example “needs review”': 'その状態のものだけ(例:needs review)',
  'How to work with Dailies, with examples to copy': 'Dailies の使い方(コピーできる例つき)',
  'The command you would like explained': '説明してほしいコマンド',
  'Use in a video': '動画で使う',
  'Brand kit it is made with; “none” for none': '使うブランドキット。「none」で使わない',
  'Brand kits: logo, colours, voice and what is never shown, kept for every video':
    'ブランドキット:ロゴ、色、語り口、見せてはいけないものをすべての動画のために保存',
  'Which brand kit; a new name makes a new one': 'どのブランドキットか。新しい名前なら新規作成',
  'Its colours, for example #0f766e, #fde68a': 'ブランドの色。例:#0f766e, #fde68a',
  'How the brand speaks, in a sentence or two': 'ブランドの語り口を一、二文で',
  'What is never to be shown, with semicolons between': '決して見せてはいけないもの。セミコロンで区切る',
  'Its logo as a file; every film bears it': 'ロゴのファイル。すべての動画に入ります',
  'Its logo by its address on the web; none takes it out': 'ウェブ上のロゴのアドレス。none で外します',
  'Take it for every video that names no other': 'ほかを指定しないすべての動画で使う',
  'Remove it; what was made with it stays': '削除する。これまでに作ったものは残ります',
};
