import { quoteEnd } from '../src/campaign/option-scan.ts';

/** Typed text as it is divided by `--name`s: what stands before them, and what each is given. */
export interface Dashed {
  words: string;
  options: readonly { name: string; value: string }[];
}

// Phones make one dash of two.
const dash = /(?<=^|\s)(?:--|[–—])(\p{L}[\p{L}-]*)[:=]?(?=\s|$|(?<=[:=]))\s*/uy;

/** `Aurora --voice "calm -- and warm" --usual`: nothing inside quotation marks divides. */
export function dashedIn(text: string): Dashed {
  const options: { name: string; value: string }[] = [];
  let words = '';
  const add = (part: string) => {
    const last = options.at(-1);
    if (last) last.value += part;
    else words += part;
  };
  for (let at = 0; at < text.length; ) {
    const starts = at === 0 || /[\s:=]/.test(text[at - 1] ?? '');
    const quoted = starts ? quoteEnd(text, at) : null;
    dash.lastIndex = at;
    const [found = '', name] = quoted ? [] : (dash.exec(text) ?? []);
    if (name) options.push({ name: name.toLowerCase(), value: '' });
    else add(quoted ? text.slice(at, quoted) : (text[at] ?? ''));
    at = quoted ?? at + (found.length || 1);
  }
  return {
    words: unquoted(words),
    options: options.map(({ name, value }) => ({ name, value: unquoted(value) })),
  };
}

/** Without the quotation marks around all of it. */
function unquoted(text: string): string {
  const said = text.trim();
  return quoteEnd(said, 0) === said.length && said.length > 1
    ? said.slice(1, -1).replace(/\\(.)/gsu, '$1').trim()
    : said;
}
