import { Never } from '../errors.ts';

const TAG = /<(\/?)([^\s/>"'<=]+)((?:\s+[^\s=>/"'<]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([^\s=>/"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const ASIDES: readonly [start: string, end: string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];
const SCRIPTED = new Set(['script', 'foreignobject', 'handler', 'listener', 'iframe', 'object', 'embed']);
/** Drawing programs write it everywhere; without a part in brackets it declares nothing, and can go. */
const PLAIN_DOCTYPE =
  /^(\s*(?:(?:<\?[^>]*\?>|<!--(?:(?!-->)[\s\S])*-->)\s*)*)<!DOCTYPE\s+(?:\w+:)?svg\b[^[<>]*>/;
const NAMED = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" } as const;
const RASTER = /^data:image\/(png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]*)$/;

export interface GuardedSvg {
  text: string;
  /** The raster pictures inside, still encoded. */
  rasters: Buffer[];
  hasText: boolean;
}

/**
 * Lets through only an SVG that draws from itself: no scripts, no entities, nothing fetched. Reads the tags itself, with
 * character references and CSS escapes undone, so that a disguise does not help.
 *
 * @throws Never `image-svg-script` | `image-svg-external` | `image-svg-entities` | `image-format` | `image-truncated`
 */
export function guardSvg(bytes: Buffer): GuardedSvg {
  const text = decode(bytes).replace(PLAIN_DOCTYPE, '$1');
  const rasters: Buffer[] = [];
  let hasText = false;
  for (const part of parts(text)) {
    if (part.name === 'text') hasText = true;
    if (SCRIPTED.has(part.name)) throw new Never('image-svg-script', part.name);
    if (part.name === 'include') throw new Never('image-svg-external', part.name);
    guardCss(part.style);
    for (const [name, value] of part.attributes) guardAttribute(name, value, rasters);
  }
  return { text, rasters, hasText };
}

function decode(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Never('image-format', 'the SVG is not UTF-8');
  }
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/.exec(text)?.[1];
  if (text.includes('\0') || (declared && !/^(utf-?8|us-ascii)$/i.test(declared)))
    throw new Never('image-format', 'the SVG is not UTF-8');
  return text;
}

interface Part {
  /** Local name in small letters; empty where no tag opens. */
  name: string;
  attributes: [name: string, value: string][];
  /** What stands inside a `<style>`. */
  style: string;
}

const silent: Part = { name: '', attributes: [], style: '' };

function* parts(text: string): Generator<Part> {
  const open: string[] = [];
  const styled = (words: string) => (open.at(-1) === 'style' ? { ...silent, style: words } : silent);
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf('<', at);
    yield styled(undisguise(text.slice(at, start < 0 ? text.length : start)));
    if (start < 0) break;
    const aside = ASIDES.find(([mark]) => text.startsWith(mark, start));
    if (aside) {
      at = endOf(text, start, aside);
      yield styled(asideText(text.slice(start, at), aside));
      continue;
    }
    if (text.startsWith('<!', start)) throw new Never('image-svg-entities');
    const tag = tagAt(text, start);
    if (tag.closes) open.pop();
    else if (!tag.empty) open.push(tag.part.name);
    yield tag.part;
    at = tag.end;
  }
  if (open.length > 0) throw new Never('image-truncated', `<${open.at(-1)}> is not closed`);
}

function endOf(text: string, open: number, [start, end]: readonly [string, string]): number {
  const found = text.indexOf(end, open + start.length);
  if (found < 0) throw new Never('image-truncated', `${start} is not closed`);
  return found + end.length;
}

/** Comments say nothing; what stands in CDATA counts; an instruction may name a stylesheet. */
function asideText(aside: string, [start, end]: readonly [string, string]): string {
  if (/^<\?xml-stylesheet/i.test(aside)) throw new Never('image-svg-external', 'xml-stylesheet');
  return start === '<![CDATA[' ? aside.slice(start.length, -end.length) : '';
}

function tagAt(text: string, open: number) {
  TAG.lastIndex = open;
  const found = TAG.exec(text);
  if (!found) throw new Never('image-truncated', `a broken tag: ${text.slice(open, open + 40)}`);
  const [whole, slash, name = '', inside = '', empty] = found;
  const attributes = [...inside.matchAll(ATTRIBUTE)].map(([, key = '', double, single]): [string, string] => [
    localName(key),
    undisguise(double ?? single ?? ''),
  ]);
  const part: Part = slash ? silent : { name: localName(name), attributes, style: '' };
  return { part, closes: slash === '/', empty: empty === '/', end: open + whole.length };
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase();

function undisguise(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));?/gi, (all, hex, decimal, name) => {
    if (name) {
      if (!Object.hasOwn(NAMED, name)) throw new Never('image-svg-entities', all);
      return NAMED[name as keyof typeof NAMED];
    }
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function guardAttribute(name: string, value: string, rasters: Buffer[]): void {
  if (/^on[a-z]/.test(name)) throw new Never('image-svg-script', name);
  if (/^\s*(javascript|vbscript)\s*:/i.test(value.replace(/[\s\0]+/g, '')))
    throw new Never('image-svg-script', name);
  if (name === 'href' || name === 'src' || name === 'base') guardLink(value, rasters);
  else guardCss(value);
}

function guardLink(link: string, rasters: Buffer[]): void {
  const trimmed = link.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return;
  const raster = RASTER.exec(trimmed);
  if (!raster) throw new Never('image-svg-external', trimmed.slice(0, 60));
  rasters.push(Buffer.from(raster[2] ?? '', 'base64'));
}

function guardCss(css: string): void {
  if (!/[(\\@]/.test(css)) return;
  const plain = css
    .replace(/\\([\da-f]{1,6})\s?/gi, (_, code) =>
      String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)),
    )
    .replace(/\\(.)/g, '$1')
    .replace(/\/\*[\s\S]*?\*\//g, '');
  if (/@import/i.test(plain)) throw new Never('image-svg-external', '@import');
  if (/(expression\s*\(|javascript\s*:)/i.test(plain)) throw new Never('image-svg-script', 'css');
  for (const [, inside = ''] of plain.matchAll(/\burl\s*\(\s*["']?\s*([^"')]*)/gi))
    if (inside !== '' && !inside.startsWith('#')) throw new Never('image-svg-external', inside.slice(0, 60));
}
