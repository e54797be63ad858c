import type { Phrases } from '../phrases.ts';

export const japanese: Phrases = {
  shots: [
    '映画的な構図、被写体は左三分の一、大きな横からの光、視線はまず被写体へ',
    '大きな窓ひとつからの一貫した光、被写体は中央、焦点はひとつ',
    '明確な焦点：被写体だけにピントが合い、ほかは溶ける、光は後ろの上から',
    'フィルムスチル、35mm、浅い被写界深度、右三分の一に動きの途中の被写体',
    'エスタブリッシングショット：広い画面、低い水平線、斜めからの光、小さくても見まがわない被写体',
  ],
  cameras: [
    'カメラはドリーで被写体へ寄り、目の前で止まる',
    'カメラは被写体のまわりを四分の一周し、背景が流れる',
    'カメラは左から右へパンし、被写体で止まる',
    'カメラは細部から全体へと上がる',
    'カメラは動かず、光が被写体の上を移る',
  ],
  light: '光の向きは終始ひとつ',
  wishes: {
    darker: {
      still: 'ローキーの光、深い影、背景は沈む',
      motion: 'ローキーの光、深い影、最初から最後まで露出を抑える',
    },
    brighter: {
      still: 'ハイキーの光、開いた影、抜けのある背景',
      motion: 'ハイキーの光、開いた影、最初から最後まで露出を上げる',
    },
    slower: { still: '落ち着いた一瞬', motion: '半分のテンポの長い動き、見る時間を残す' },
    faster: { still: '動きの頂点をとらえる', motion: 'きびきびした動き、短い拍、一秒ごとに新しい角度' },
    warmer: { still: '3200K の夕方の光、琥珀のハイライト', motion: 'ショットの中で強まる夕方の光' },
    colder: { still: '6500K の光、澄んだ空気', motion: '6500K の均一な光、澄んだ空気' },
    dramatic: {
      still: '三点照明：硬いキー、弱いフィル、強いリム。張りつめた雰囲気',
      motion: '三点照明：硬いキー、弱いフィル、強いリム。最後へ向けて高まる雰囲気',
    },
    soft: {
      still: '大きな拡散光、淡い色、輪郭ではなく階調',
      motion: '拡散光、淡い色、どの動きもなめらかに始まり終わる',
    },
    minimal: {
      still: '何もないセット、被写体ひとつ、画面の三分の二は余白',
      motion: '被写体ひとつ、動きひとつ、ほかには何もない',
    },
    rich: { still: '重なるセット、濃い色、どの面にも質感', motion: '互いの前を過ぎる層、濃い色' },
    neon: { still: 'ネオン管と濡れた面への映り込み', motion: '濡れた面をすべるネオンの映り込み' },
    cinematic: {
      still: 'アナモルフィックの画面、浅い被写界深度、細かい粒子',
      motion: '被写体へ向かうスローパン、そこで止まる、手前と奥の視差',
    },
  },
  templates: {
    'brand-animation': {
      still: '中央はあとから入るロゴのために空ける',
      motion: '形がロゴの立つ中央の余白へ集まり、そこで止まる',
    },
    'product-showcase': {
      still: '商品が主役、斜め前から、背景に対して輪郭がはっきり',
      motion: '商品が台の上で四分の一回転、まず細部、最後に全体',
    },
    'social-media': {
      still: '親指の大きさでも読める、上下五分の一は空ける',
      motion: '最初の一秒でアイデアが見え、最後の画が最初へつながる',
    },
  },
  subject: (product) => `商品は${product}`,
  must: (things) => `必ず見せる：${things}`,
  without: (thing) => `${thing}なし`,
  reference: (names, purpose) => `参考（${purpose}）に従う：${names}`,
  palette: (colours) => `配色：${colours}`,
  why: (shot, wishes) => (wishes ? `${shot}。反映：${wishes}。` : `${shot}。言葉のまま。`),
  names: {
    darker: '暗め',
    brighter: '明るめ',
    slower: 'ゆっくり',
    faster: '速め',
    warmer: '暖かめ',
    colder: '冷ため',
    dramatic: '劇的な光',
    soft: '柔らかさ',
    minimal: '余白',
    rich: '華やかさ',
    neon: 'ネオン',
    cinematic: '映画らしさ',
  },
  stop: '。',
};
