/** One direction of a wish: said plainly ("dark"), and said as a change ("darker"). Sources of expressions. */
export interface Side {
  is: string;
  more: string;
}

export type Scale = 'light' | 'pace' | 'warmth' | 'contrast' | 'plenty';

/** How people say what they want to see, in every language of `phrases.ts`. Longer forms come first. */
export const lexicon: Record<Scale, { up: Side; down: Side }> = {
  light: {
    up: {
      is: 'bright|sunny|sunlit|daylight|high-key|airy|luminous|hell|helle[mnrs]?|sonnig\\p{L}*|lumineu\\p{L}+|clair|claire|ensoleillé\\p{L}*|luminos[oa]s?|brillante|明るい',
      more: 'brighter|lighter|sunnier|brighten\\p{L}*|heller|sonniger|aufhellen|plus (?:clair|lumineu)\\p{L}*|éclairci\\p{L}*|más (?:clar|luminos)[oa]s?|más brillante|(?:もっと|より)?明る(?:く|め)',
    },
    down: {
      is: 'dark|moody|night|nights|nighttime|nocturnal|midnight|low-key|gloomy|noir|shadowy|brooding|dunkel|dunkle[mns]?|düster\\p{L}*|finster\\p{L}*|nacht|nachts|nächtlich\\p{L}*|sombres?|nuit|obscure?|nocturne|oscur[oa]s?|noche|nocturn[oa]|sombrí[oa]|暗い|夜|ダーク',
      more: 'darker|moodier|gloomier|dimmer|darken\\p{L}*|dunkler|düsterer|finsterer|abdunkeln|plus (?:sombre|obscur)\\p{L}*|assombri\\p{L}*|más (?:oscur|sombrí)[oa]s?|(?:もっと|より)?暗(?:く|め)',
    },
  },
  pace: {
    up: {
      is: 'fast|quick|energetic|brisk|dynamic|punchy|rapid|upbeat|lively|schnell\\p{L}{0,2}|energisch|dynamisch\\p{L}*|lebhaft|rapides?|dynamique|énergique|rápid[oa]s?|enérgic[oa]|dinámic[oa]|速い|ダイナミック',
      more: 'faster|quicker|livelier|snappier|speed (?:it )?up|more (?:energy|energetic|dynamic|pace)|schneller|lebhafter|dynamischer|mehr (?:energie|tempo|schwung)|plus (?:rapide|vite|dynamique|énergique)|accélér\\p{L}*|más (?:rápid[oa]|enérgic[oa]|dinámic[oa])|(?:もっと|より)?速(?:く|め)',
    },
    down: {
      is: 'slow|slowly|calm|gentle|unhurried|serene|tranquil|leisurely|langsam\\p{L}{0,2}|ruhig\\p{L}{0,2}|gemächlich|sanft\\p{L}{0,2}|lente?|lents|calme|doucement|posée?|lent[oa]s?|tranquil[oa]|calmad[oa]|pausad[oa]|ゆったり|遅い|静か(?:な|に)',
      more: 'slower|calmer|gentler|slow (?:it )?down|more (?:calm|slowly)|langsamer|ruhiger|sanfter|mehr ruhe|plus (?:lente?|lentement|calme|doux|douce)|ralenti\\p{L}*|más (?:lent[oa]|despacio|tranquil[oa]|calmad[oa])|(?:もっと|より)?(?:遅く|ゆっくり|静かに)',
    },
  },
  warmth: {
    up: {
      is: 'warm|cosy|cozy|golden-hour|golden hour|sunset|warme[mnrs]?|gemütlich\\p{L}*|sonnenuntergang|chaude?s?|chaleureu\\p{L}+|cálid[oa]s?|atardecer|暖かい|夕日',
      more: 'warmer|cosier|cozier|wärmer|gemütlicher|plus (?:chaude?|chaleureu\\p{L}+)|más cálid[oa]s?|(?:もっと|より)?暖か(?:く|め)',
    },
    down: {
      is: 'cold|cool|icy|frosty|wintry|kalt|kalte[mnrs]?|kühl|kühle[mns]?|eisig\\p{L}*|froide?s?|glaciale?|frí[oa]s?|helad[oa]|冷たい|クール',
      more: 'colder|cooler|icier|kälter|kühler|eisiger|plus (?:froide?|fraîche?)|más frí[oa]s?|(?:もっと|より)?冷た(?:く|め)',
    },
  },
  contrast: {
    up: {
      is: 'dramatic|dramatically|intense|high-contrast|dramatisch\\p{L}*|dramatique|dramátic[oa]|劇的|ドラマチック',
      more: 'more (?:dramatic|contrast|intense)|dramatischer|mehr (?:kontrast|drama)|plus (?:dramatique|contrasté\\p{L}*|de contraste)|más (?:dramátic[oa]|contraste)|もっと(?:劇的|ドラマチック)',
    },
    down: {
      is: 'soft|pastel|hazy|dreamy|weiche?[mnrs]?|pastell\\p{L}*|verträumt|douce?s?|suaves?|柔らかい|パステル',
      more: 'softer|dreamier|weicher|zarter|plus (?:douce?|pastel)|más suaves?|(?:もっと|より)?柔らか(?:く|め)',
    },
  },
  plenty: {
    up: {
      is: 'lavish|busy|vibrant|colourful|colorful|rich|opulent|üppig\\p{L}*|bunt\\p{L}{0,2}|riche|colorée?s?|rico|rica|colorid[oa]|華やか|カラフル',
      more: 'richer|busier|more (?:vibrant|colourful|colorful|colour|color)|üppiger|bunter|plus (?:riche|colorée?)|más (?:rico|rica|colorid[oa])|もっと(?:華やか|カラフル)',
    },
    down: {
      is: 'minimal|minimalist|minimalistic|simple|clean|sparse|plain|schlicht\\p{L}{0,2}|reduziert|minimalistisch\\p{L}*|einfach|épurée?|minimaliste|sobrio|sencill[oa]|minimalista|シンプル|ミニマル',
      more: 'simpler|cleaner|more minimal|schlichter|einfacher|reduzierter|plus (?:simple|sobre|épurée?|minimaliste)|más (?:sencill[oa]|simple|sobrio|minimalista)|もっと(?:シンプル|ミニマル)',
    },
  },
};

/** Colours by the names people use for them. */
export const colourNames: readonly (readonly [names: string, hex: string])[] = [
  ['red|crimson|scarlet|rot|rote[mnrs]?|rouges?|roj[oa]s?|赤', '#e5202e'],
  ['orange|oranges|orangefarben\\p{L}*|naranja|オレンジ', '#ff7a1a'],
  ['yellow|gelb|gelbe[mnrs]?|jaunes?|amarill[oa]s?|黄色', '#ffcf24'],
  ['green|emerald|grün|grüne[mnrs]?|verte?s?|verdes?|緑', '#1fae5a'],
  ['teal|turquoise|türkis\\p{L}*|turquesa|ターコイズ', '#12b5b0'],
  ['blue|azure|blau|blaue[mnrs]?|bleue?s?|azul|azules|青', '#2064f0'],
  ['navy|navy-blue|dunkelblau\\p{L}*|marineblau\\p{L}*|紺', '#142a66'],
  ['purple|violet|lila|violett\\p{L}*|violette|morad[oa]s?|紫', '#8a35e6'],
  ['pink|magenta|rosa|pinke?[mnrs]?|ピンク', '#ff3d9a'],
  ['gold|golden|goldene?[mnrs]?|dorée?s?|dorad[oa]s?|金色', '#e0a526'],
  ['silver|silber|silbern\\p{L}*|argentée?|platead[oa]|銀色', '#b8c0cc'],
  ['brown|braun|braune[mnrs]?|marron|marrón|茶色', '#7a4a28'],
  ['white|weiß|weiße[mnrs]?|weiss|blanche?s?|blanc|blanc[oa]s|白い?', '#f2f2ee'],
  ['black|schwarz|schwarze[mnrs]?|noire|noires|negr[oa]s?|黒い?', '#0b0b10'],
];
