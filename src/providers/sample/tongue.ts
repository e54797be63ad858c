export type Tongue = 'en' | 'de' | 'fr' | 'es' | 'ja';

/** Words that give a language away: function words, and nouns of our trade. */
const telling: Record<Exclude<Tongue, 'ja'> | 'other', string> = {
  en: `the a an of and with for our new show make it is are this that in on at to from by into over under as
    your my their his her should must want need please product bottle coffee launch campaign clip teaser trailer
    advert commercial brand woman man people city street forest ocean mountain night morning called named more less
    darker brighter slower faster warmer colder without about who where one two`,
  de: `der die das ein eine einen einem einer und mit für unser unsere neu neue neuen ist sind soll sollte auf im
    am vom zum zur von aus bei über unter ohne nicht kein keine ich wir ihr mehr bitte mach zeig produktvideo werbung
    kampagne flasche kaffee stadt nacht morgen straße frau mann menschen dunkler heller langsamer schneller wärmer den dem des`,
  fr: `le la les un une des du et avec pour notre nos nouveau nouvelle est sont dans sur au aux sans pas plus une
    qui que ce cette ces nous vous vidéo produit bouteille café ville nuit rue femme homme lancement sombre lente
    chez leur ses son sa très`,
  es: `el la los las un una unos y con para nuestro nuestra nuevo nueva es son en sobre al del sin no más que este
    esta por vídeo producto botella café ciudad noche calle mujer hombre lanzamiento oscuro lento su sus muy`,
  other: `il lo gli di che della delle dello nel nella con per una un è e non più nostra nostro sono het een van en
    voor met onze niet de is op te o os as um uma da do das dos não com para nossa nosso em i w z na do się nie dla
    jest naszej nowej ve bir için ile bu och att det som för med på av vår och den til af vores ja ei on tämä se
    la cu și pentru noua a az és egy`,
};

const lists = Object.entries(telling).map(
  ([tongue, words]) => [tongue as keyof typeof telling, new Set(words.split(/\s+/))] as const,
);

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * The language of a text where it is one that we have phrases for; null for every other. Where the text itself
 * does not tell ("Aurora cold brew"), what was said beside it may.
 */
export function tongueOf(text: string, beside = ''): Tongue | null {
  const letters = count(text, /\p{L}/gu);
  const latin = count(text, /\p{Script=Latin}/gu);
  const kana = count(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  if (letters === 0) return beside ? tongueOf(beside) : 'en';
  if (kana > 0 && letters - latin > letters / 4) return 'ja';
  if (latin < letters / 2) return null;
  return latinTongue(text) ?? null;
}

function latinTongue(text: string): Tongue | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const scores = lists.map(([tongue, list]) => ({
    tongue,
    score: words.filter((word) => list.has(word)).length + letterHint(text, tongue),
  }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score === 0) return looksEnglish(text) ? 'en' : null;
  return best.tongue === 'other' ? null : best.tongue;
}

/** Spellings that hardly any neighbour of English has. */
const looksEnglish = (text: string): boolean =>
  !/[^\p{ASCII}]/u.test(text.replace(/[^\p{L}]/gu, '')) &&
  /th|sh|ck|ght|wh|oo|ea|ow|ing\b|tion\b|ly\b|ness\b|er\b|brew|video/i.test(text);

function letterHint(text: string, tongue: string): number {
  if (tongue === 'de') return /[äöüß]/i.test(text) ? 0.6 : 0;
  if (tongue === 'fr') return /[çœèêàùî]/i.test(text) ? 0.6 : 0;
  if (tongue === 'es') return /[ñ¿¡óíá]/i.test(text) ? 0.6 : 0;
  if (tongue === 'other') return /[ąęłşğıåøőűșțčřžðþãõ]/i.test(text) ? 1.5 : 0;
  return 0;
}
