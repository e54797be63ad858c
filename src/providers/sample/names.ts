/** The words a brief gives to the screen. */
export interface Names {
  product: string | null;
  tagline: string | null;
}

const quoted =
  /["“„»]([^"“”„«»\n]{1,120})["”“«]|«\s?([^«»\n]{1,120}?)\s?»|「([^「」\n]{1,120})」|『([^『』\n]{1,120})』|(?<!\p{L})[‘‚']([^‘’'\n]{2,120})[’‘'](?!\p{L})/gu;

const taglineLabel =
  /(?<!\p{L})(?:tag\s?line|slogan|claim|motto|strapline|leitspruch|accroche|lema|eslogan|キャッチコピー|コピー|スローガン)\s*(?:is|ist|est|es|は)?\s*[:：=]?\s*/giu;

const productLabel =
  /(?<!\p{L})(?:product(?: name)?|produkt(?:name)?|produit|producto|brand|marke|marque|marca|商品名|商品|ブランド)(?:\s+(?:is|heißt|is called))?\s*[:：=]\s*/iu;

const calling =
  /(?<!\p{L})(?:called|named|introducing|product is|namens|heißt|genannt|appelée?s?|nommée?s?|s'appelle|llamad[oa]s?|se llama)\s+/iu;

/** "for Aurora Cold Brew": a name stands out by its capitals, unless it is a place to publish or a season. */
const forName =
  /(?<!\p{L})(?:for|für|pour|para)\s+((?:\p{Lu}[\p{L}\p{N}&'’-]*)(?:\s+(?:\p{Lu}[\p{L}\p{N}&'’-]*|\p{N}+))*)/gu;
const noName =
  /^(?:I|The|Our|A|An|My|Your|New|Instagram|TikTok|YouTube|Facebook|LinkedIn|Slack|Discord|Reels?|Stories|Gen|Millennials|Christmas|Easter|Halloween|Black|Valentine\S*|Summer|Winter|Spring|Autumn|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Kinder|Frauen|Männer|Menschen|Weihnachten|Ostern|Sommer|Leute|Familien|Kunden|Jugendliche|Navidad|Noël|Europe|Germany|France|Spain|Japan)(?!\p{L})/u;

/** What the brief names by quotes, by labels ("tagline: …"), by "called X" or by "for X". */
export function namesIn(words: string): Names {
  const tagline = labelled(words, taglineLabel, 120);
  const rest = tagline ? words.replace(tagline, ' ') : words;
  const quotes = [...rest.matchAll(quoted)].map(inside).filter((each) => each.length > 1);
  const named = labelled(rest, productLabel, 80) ?? called(rest);
  const product = named ?? quotes.find(isName) ?? forWhom(rest);
  return { product, tagline: tagline ?? quotes.find((each) => each !== product && !isName(each)) ?? null };
}

const inside = (match: RegExpExecArray): string => match.slice(1).find(Boolean)?.trim() ?? '';
const isName = (text: string) =>
  text.length <= 80 && text.split(/\s+/).length <= 4 && !/[.!?。！？]$/u.test(text);

/** Quoted if it opens with a quote, else up to the end of the sentence. */
function after(text: string, limit: number): string | null {
  const quote = [...text.matchAll(quoted)].find((match) => match.index === 0);
  const said = quote ? inside(quote) : (/^[^\n.;。]{1,200}/u.exec(text)?.[0] ?? '');
  const name = said.trim().replace(/[,、]$/u, '');
  return name && name.length <= limit ? name : null;
}

function labelled(words: string, label: RegExp, limit: number): string | null {
  const places = words.matchAll(new RegExp(label.source, 'giu'));
  for (const match of places) {
    const rest = words.slice(match.index + match[0].length);
    if (!/[:：=は]\s*$|(?:is|ist|est|es)\s*$/iu.test(match[0]) && !/^["“„«»「『]/u.test(rest)) continue;
    const name = after(rest, limit);
    if (name) return limit === 80 ? name.split(/[,、]/u)[0]?.trim() || null : name;
  }
  return null;
}

function called(words: string): string | null {
  const match = calling.exec(words);
  if (!match) return null;
  const rest = words.slice(match.index + match[0].length);
  const name = /^["“„«»「『‘']/u.test(rest) ? after(rest, 80) : capitals(rest);
  return name && name.length <= 80 ? name : null;
}

const capitals = (text: string): string | null =>
  /^\p{Lu}[\p{L}\p{N}&'’-]*(?:\s+(?:\p{Lu}[\p{L}\p{N}&'’-]*|\p{N}+))*/u.exec(text)?.[0] ??
  /^[^\s.,;:!?]+/u.exec(text)?.[0] ??
  null;

function forWhom(words: string): string | null {
  for (const match of words.matchAll(forName)) {
    const name = match[1]?.trim();
    if (name && name.length <= 80 && !noName.test(name)) return name;
  }
  return null;
}
