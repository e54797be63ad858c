import type { Meaning } from '../../campaign/prompt.ts';
import type { ReadOrder } from '../language.ts';
import { shorten } from './text.ts';

/** A sentence that is one order and nothing else. The first row that matches counts. */
export interface Command {
  pattern: RegExp;
  meaning: (match: RegExpExecArray, order: ReadOrder) => Meaning | null;
}

/** A sentence that carries a demand or a name. */
export interface Capture {
  pattern: RegExp;
  meaning: (match: RegExpExecArray) => Meaning | null;
}

const is = (kind: 'price' | 'stills' | 'go' | 'verbatim' | 'cancel' | 'verdict' | 'help') => (): Meaning => ({
  kind,
});

const ordinals: readonly RegExp[] = [
  /^(?:one|first|1st|eins|ersten?|erstes|première?|primer[oa]?|一)/iu,
  /^(?:two|second|2nd|zwei|zweiten?|zweites|deuxième|seconde?|segund[oa]|二)/iu,
  /^(?:three|third|3rd|drei|dritten?|drittes|troisième|tercer[oa]?|三)/iu,
  /^(?:four|fourth|4th|vier|vierten?|viertes|quatrième|cuart[oa]|四)/iu,
];

function pick(match: RegExpExecArray, order: ReadOrder): Meaning | null {
  const { n: said = '' } = match.groups ?? {};
  if (/^(?:last|letzten?|letztes|dernière?|últim[oa])$/iu.test(said)) {
    return order.stills > 0 ? { kind: 'pick', still: order.stills } : null;
  }
  const still = /^\d+$/.test(said) ? Number(said) : ordinals.findIndex((each) => each.test(said)) + 1;
  return still > 0 && Number.isSafeInteger(still) ? { kind: 'pick', still } : null;
}

const offered = (match: RegExpExecArray, order: ReadOrder) => (order.stills > 0 ? pick(match, order) : null);

/** Praise ends a review, and is small talk before. */
const praised = (_: RegExpExecArray, order: ReadOrder): Meaning | null =>
  order.phase === 'review' ? { kind: 'verdict' } : null;

const number = '(?<n>\\d{1,3}|one|two|three|four|eins|zwei|drei|vier)';
const nth =
  '(?<n>first|second|third|fourth|last|1st|2nd|3rd|4th|ersten?|erstes|zweiten?|zweites|dritten?|drittes|vierten?|viertes|letzten?|letztes|première?|deuxième|troisième|quatrième|dernière?|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|últim[oa])';
const still =
  '(?:stills?|images?|pictures?|frames?|options?|bild(?:er)?|standbild(?:er)?|vorschlag|vorschläge|variante|image|photo|imagen|opción)';
const label = `(?:#|no\\.?|nr\\.?|nº|n°|number|nummer|numéro|número)`;
const film =
  '(?:it|this|that|the )?(?:the )?(?:video|clip|film|one|es|das video|den clip|den film|das|la vidéo|le film|el v[ií]deo)?';
const line = (source: string): RegExp => new RegExp(`^(?:${source})$`, 'iu');

export const commands: readonly Command[] = [
  { pattern: line(`${label}\\s*${number}`), meaning: pick },
  {
    pattern: line(
      `(?:i(?:'d| would)? (?:like|pick|choose|take|want|prefer)|pick|take|choose|use|select|go (?:with|for)|let's (?:take|use|go with)|i'll take|(?:ich )?(?:nimm|nehme|nehmen wir|wähle|will)|wir nehmen|prends|elige|toma)\\s+(?:the |das |die |den |la |le |el )?${still}?\\s*(?:${label})?\\s*${number}`,
    ),
    meaning: pick,
  },
  {
    pattern: line(
      `(?:i(?:'d| would)? (?:like|pick|choose|take|want|prefer)|pick|take|choose|use|select|go (?:with|for)|let's (?:take|use|go with)|i'll take|(?:ich )?(?:nimm|nehme|nehmen wir|wähle|will)|wir nehmen|prends|elige|toma)?\\s*(?:the |das |die |den |la |le |el )?${nth}(?:\\s+(?:one|${still}|bitte))?`,
    ),
    meaning: pick,
  },
  { pattern: line(`${still}\\s*(?:${label})?\\s*${number}`), meaning: pick },
  { pattern: /^(?<n>\d{1,3})(?:番|枚目)?(?:を|で)?(?:選ぶ|お願いします)?$/u, meaning: offered },
  { pattern: line(number), meaning: offered },
  {
    pattern: line(
      "(?:how much|price|cost|costs|the price|pricing|what(?:'s| is| are) the (?:price|cost|costs)|what (?:does|will|would|do) (?:it|this|that|they|the (?:video|clip|take)) cost|how (?:much|expensive).*|was (?:würde|wird|soll) .*kosten|was kostet (?:das|es|der clip|das video|mich das)?.*|wie ?viel(?: kostet.*)?|wie teuer.*|(?:der )?preis|kosten|combien.*|quel prix|le prix|cuánto.*|el precio|precio|いくら.*|料金.*|値段.*)",
    ),
    meaning: is('price'),
  },
  {
    pattern: line(
      `(?:show(?: me| us)?|make(?: me)?|give me|can (?:i|we) (?:see|have|get)|let me see|i(?:'d like| want)(?: to see)?|see|draw|get|need|zeig(?:e|t)?(?: mir| uns)?|mach(?:e|t)?(?: mir)?|ich (?:will|möchte)|montre(?:-moi|z-moi)?|muéstrame)?\\s*(?:some |a few |the |more |new |first |other |four |neue |ein paar |erst |mehr |andere |des |las |los |\\d )*(?:stills|storyboard|still images|standbilder|stillbilder|previews?|vorschau|images? fixes?|imágenes fijas|スチル.*|静止画.*)(?:\\s*(?:first|sehen|zuerst))?`,
    ),
    meaning: is('stills'),
  },
  {
    pattern: line(
      '(?:show(?: me| us)?|let me see|zeig(?:e|t)?(?: mir| uns)?|montre(?:-moi)?|muéstrame) (?:some |the |die |ein paar |les |las )?(?:images|pictures|pics|bilder|vorschläge|entwürfe|imágenes)',
    ),
    meaning: is('stills'),
  },
  {
    pattern: line(
      '(?:use|take|keep|nimm|nehmt|verwende|nutze|behalte|benutze)?\\s*(?:only |just |exactly |nur |genau )?(?:my|meine[nr]?|the) (?:own |eigenen )?(?:words|wording|prompt|text|worte|wörter|formulierung|satz)\\s*(?:as (?:they are|it is|is|they stand|written)|exactly|verbatim|unchanged|word for word|so wie sie sind|so|unverändert|genau so|wörtlich)?',
    ),
    meaning: is('verbatim'),
  },
  {
    pattern: line(
      "verbatim|word for word|wörtlich|wortwörtlich|(?:do not|don't) (?:change|touch|rewrite|refine) (?:my (?:words|wording|prompt|text)|anything)|no refinement|leave (?:my (?:words|prompt|text)|it) (?:as (?:it is|they are)|alone)|(?:ändere|ändert) (?:meine worte|meinen text|nichts)(?: nicht)?|mot pour mot|palabra por palabra|このまま使って.*|そのまま.*",
    ),
    meaning: is('verbatim'),
  },
  {
    pattern: line(
      '(?:cancel|abort|stop|forget|drop|abbrechen|storniere?n?|brich|annuler|annule|cancela|cancelar)(?: (?:it|this|that|everything|the (?:video|clip|campaign|take|order)|please|ab|das|es|alles|das video|den clip|bitte|todo|tout))*|never ?mind|call it off|stopp|halt|lass (?:es|das|gut sein)|vergiss es|doch nicht|キャンセル.*|中止.*',
    ),
    meaning: is('cancel'),
  },
  {
    pattern: line(
      "(?:i |we |it's |this is |that's |ich |wir |das ist |ist )?(?:approve[ds]?|approval|freigegeben|freigabe(?: erteilt)?|genehmigt|genehmige|abgenommen|approuvé|aprobado|承認.*)(?: (?:it|this|that|the (?:video|clip|cut|take)|das|es|by me|von mir))*|gebe (?:es |das |ich )?frei|(?:i |we )?reject(?:ed)?(?: (?:it|this|that))?|request changes|abgelehnt|ablehnen|sign(?:ed)? off|good to publish|(?:can be|ready to be) published",
    ),
    meaning: is('verdict'),
  },
  {
    pattern: line(
      '(?:(?:it |this |that |das |es )?(?:looks?|is|sieht|ist)? ?(?:so |very |really |sehr |echt )?(?:good|great|perfect|amazing|awesome|fantastic|gut aus|gut|super|toll|perfekt)|(?:i |we )?love (?:it|this)|lgtm|ship it|passt(?: so)?|gefällt mir)',
    ),
    meaning: praised,
  },
  {
    pattern: line(
      `(?:let'?s |lets |just )?(?:go|start|begin)(?: (?:ahead|for it|on|now|it|generating|making it))?|(?:let'?s |just |please )?(?:generate|make|create|render|produce|shoot|buy|film|build|do|run|roll) ?${film}(?: (?:now|already))?|(?:yes|yep|yeah|sure|proceed|continue|confirmed?|ship it|do it|make it so|action|ready|i'm ready|we're ready|looks? good go)|ja|los|los geht'?s|auf geht'?s|leg los|mach(?:e|t)?(?: (?:es|das|mal|schon|den clip|das video|den film))?|(?:das )?(?:video|clip)? ?(?:generieren|erzeugen|erstellen|starten)|starte?|weiter|machen wir(?: so)?|so machen wir(?: es|'s)?|generiere?(?: (?:es|das|das video|den clip))?|erzeuge?(?: (?:es|das video))?|oui|vas-y|allez(?:-y)?|on y va|génère(?: la vidéo)?|lance(?: la vidéo)?|sí|vale|adelante|vamos|dale|genera(?: el v[ií]deo)?|hazlo|はい|お願いします|作って(?:ください)?|始めて(?:ください)?|生成して(?:ください)?`,
    ),
    meaning: is('go'),
  },
  {
    pattern: line(
      'help(?: me)?|what can (?:you|i) do.*|how (?:long|many)\\b.*|why\\b.*|when will\\b.*|wie lange.*|warum.*|wann.*|how does (?:this|it) work|how do i .*|commands|hilfe|hilf mir|was kannst du.*|wie (?:geht|funktioniert) (?:das|es).*|aide|ayuda|ヘルプ|使い方.*',
    ),
    meaning: is('help'),
  },
];

const text =
  (kind: 'must' | 'must-not') =>
  (match: RegExpExecArray): Meaning | null => {
    const { x = '' } = match.groups ?? {};
    const said = clean(x, 300);
    return said ? { kind, text: said } : null;
  };

const name =
  (kind: 'product' | 'tagline', limit: number) =>
  (match: RegExpExecArray): Meaning | null => {
    const { x = '' } = match.groups ?? {};
    const said = clean(x.replace(/^["“„«»「『‘']|["”“»«」』’']$/gu, ''), limit);
    return said ? { kind, text: said } : null;
  };

function clean(said: string, limit: number): string {
  const quotesOff = said.trim().replace(/^["“„«](.*)["”“»]$/u, '$1');
  return shorten(
    quotesOff
      .replace(/[\s,]+(?:please|bitte|pls)$/iu, '')
      .replace(/[\s,;.!。！]+$/u, '')
      .replace(/^[\s:,-]+/u, ''),
    limit,
  );
}

export const captures: readonly Capture[] = [
  {
    pattern:
      /^(?:(?:set|make|use|add|the|our|as|nimm|der|unser|als) )*(?:a )?(?:tag ?line|slogan|claim|motto|accroche|eslogan|lema|キャッチコピー|コピー)(?: (?:is|should be|ist|lautet|soll sein|est|es))?\s*[:：は]?\s*(?<x>.+)$/isu,
    meaning: name('tagline', 120),
  },
  {
    pattern:
      /^(?:(?:the|our|this|das|unser|le|el|notre|nuestro) )*(?:product(?: name| is called|'s name is|'s called)?|produkt(?:name)?|it's called|brand name|商品名|produit|producto)(?: (?:is called|is named|is|heißt|ist|nennt sich|s'appelle|est|se llama|es))?\s*[:：は]?\s*(?<x>(?!.*\b(?:should|must|muss|soll|on|too|larger|bigger|in front)\b).+)$/isu,
    meaning: name('product', 80),
  },
  {
    pattern: /^(?:it(?:'s| is) called|it is named|call it|es heißt|nenn es|nennt es)\s+(?<x>.+)$/isu,
    meaning: name('product', 80),
  },
  {
    pattern:
      /^(?:add |set |new |neues? )?(?:a |an |ein )?(?:must[- ]?not|no-?go|tabu|verbot)s?\s*:\s*(?<x>.+)$/isu,
    meaning: text('must-not'),
  },
  {
    pattern:
      /^(?:please |bitte )?(?:(?:it |you |we |there )?(?:must|may|should|shall) (?:not|never)|mustn't|(?:do not|don't|never|nie|niemals) )\s*(?:ever )?(?:be |show |include |use |contain |feature |have |put (?:in )?|add |mention |zeigen? |zeig |verwende )(?:any )?(?<x>(?!it\b).+)$/isu,
    meaning: text('must-not'),
  },
  {
    pattern:
      /^(?:(?:there (?:must|should) be|with|und|and|please|bitte|i want|we want) )?(?:absolutely |definitely |auf keinen fall |bloß )?(?:no|without|avoid|keine?[nrms]?|ohne|nicht zeigen:?|sans|pas de|sin|ningún|ninguna)\s+(?:any |more )?(?<x>(?!(?:problem|idea|thanks|worries|rush|way|hurry|need|doubt|matter)\b).+)$/isu,
    meaning: text('must-not'),
  },
  {
    pattern:
      /^(?:add |set |new |neues? |ein )?(?:a |an )?(?:must(?:-have)?s?|requirement|pflicht|muss)\s*:\s*(?<x>.+)$/isu,
    meaning: text('must'),
  },
  {
    pattern:
      /^(?:and |und )?(?:it |you |we |the (?:video|clip|film) |(?:das video|der clip|es) )?(?:must|has to|have to|needs to|muss|müssen)\s+(?:always |immer |unbedingt )?(?:show|include|contain|have|feature|see|zeigen|enthalten)\s+(?<x>.+)$/isu,
    meaning: text('must'),
  },
  {
    pattern:
      /^(?:and |und )?(?:es |das video |der clip )?muss (?:unbedingt |immer )?(?<x>.+?) (?:zeigen|enthalten|haben)$/isu,
    meaning: text('must'),
  },
  { pattern: /^(?:always|immer)\s+(?:show|include|zeigen?|zeig)\s+(?<x>.+)$/isu, meaning: text('must') },
  {
    pattern:
      /^(?:please |bitte )?(?:make sure|be sure|ensure|don't forget|do not forget|achte darauf|vergiss nicht|stell sicher|unbedingt)(?: that| to (?:show|include)|,? dass)?\s+(?<x>.+)$/isu,
    meaning: text('must'),
  },
  {
    pattern: /^(?<x>.+\s(?:must be|must stay|must|has to be|have to be|needs to be|muss|müssen)\s.+)$/isu,
    meaning: text('must'),
  },
];

/** How a wish starts, where it follows another sentence by a mere comma or "and". */
export const starters =
  /^(?:make|give|put|add|let|use|change|move|mach|gib|setz|lass|füg|nimm|ändere|mehr|more|less|weniger)(?!\p{L})/iu;

export const smalltalk =
  /^(?:thanks?|thank you(?: so much| very much)?|thx|ty|cheers|many thanks|danke(?: dir| schön| sehr| euch)?|vielen dank|merci(?: beaucoup)?|gracias|ありがとう(?:ございます)?|ok(?:ay)?|k|hi|hello|hey|hallo|moin|servus|bonjour|salut|hola|こんにちは|good (?:morning|evening|afternoon|day)|guten (?:morgen|tag|abend)|bye|tschüss|ciao|lol|haha+|hm+|wow|cool|nice|great|super|perfect|awesome|toll|klasse|good|fine|gut|please|bitte|hope you are well|how are you|wie geht'?s|no|nope|nein|no problem|no worries|no thanks|nein danke|you(?:'re| are) welcome|looks? (?:good|great|nice)|(?:i )?love it|well done|good (?:job|work)|gute arbeit|lgtm|sieht gut aus|gefällt mir|passt(?: so)?|yes|right|and|und|so|then)$/iu;
