import { Never } from '../errors.ts';

/** The picture formats we take in. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'svg';

/** At `at` stand exactly these characters (latin1). */
type Magic = readonly [characters: string, at?: number];

const PICTURES: readonly [PictureFormat, Magic][] = [
  ['jpeg', ['\xff\xd8\xff']],
  ['png', ['\x89PNG\r\n\x1a\n']],
  ['gif', ['GIF87a']],
  ['gif', ['GIF89a']],
  ['webp', ['WEBP', 8]],
];

const OTHERS: readonly [code: string, Magic][] = [
  ['image-pdf', ['%PDF-']],
  ['image-video', ['\x1aE\xdf\xa3']],
  ['image-video', ['AVI ', 8]],
  ['image-video', ['FLV\x01']],
  ['image-video', ['OggS']],
  ['image-video', ['\0\0\x01\xba']],
  ['image-format', ['II*\0']],
  ['image-format', ['MM\0*']],
  ['image-format', ['BM']],
  ['image-format', ['8BPS']],
  ['image-format', ['\0\0\x01\0']],
  ['image-format', ['\xff\x0a']],
  ['image-format', ['\0\0\0\x0cJXL ']],
  ['image-format', ['\0\0\0\x0cjP  ']],
  ['image-format', ['%!PS']],
  ['image-format', ['\xc5\xd0\xd3\xc6']],
  ['image-format', ['v/1\x01']],
  ['image-format', ['qoif']],
];

const HEIC = /hei[cxmsf]|hev[cxms]/;
const HEAD = 4_096;

/**
 * Says by the bytes alone what a file is.
 *
 * @throws Never `image-empty` | `image-pdf` | `image-html` | `image-video` | `image-format` | `image-not-an-image`
 */
export function sniffPicture(bytes: Buffer): PictureFormat {
  if (bytes.length === 0) throw new Never('image-empty');
  const head = bytes.toString('latin1', 0, HEAD);
  const known =
    PICTURES.find(([, magic]) => has(head, magic)) ?? OTHERS.find(([, magic]) => has(head, magic));
  if (known && isPicture(known[0])) return known[0];
  if (known) throw new Never(known[0]);
  if (head.slice(4, 8) === 'ftyp') return sniffBrands(bytes);
  return sniffText(head);
}

const has = (head: string, [characters, at = 0]: Magic) => head.startsWith(characters, at);
const isPicture = (name: string): name is PictureFormat => PICTURES.some(([format]) => format === name);

/** AVIF, HEIC and MP4 share one container; the brands tell them apart. */
function sniffBrands(bytes: Buffer): PictureFormat {
  const length = Math.min(bytes.readUInt32BE(0), 256, bytes.length);
  const brands = bytes.toString('latin1', 8, length);
  if (/avi[fs]/.test(brands)) return 'avif';
  if (HEIC.test(brands) || brands.startsWith('mif1')) return 'heic';
  throw new Never('image-video');
}

function sniffText(head: string): PictureFormat {
  // A UTF-16 SVG is let through to be refused by name, not taken for rubbish.
  const text = head.replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', '');
  const start = text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '').trimStart();
  if (/^(<!doctype html|<(html|head|body|script|meta|title|div)\b)/i.test(start))
    throw new Never('image-html');
  if (/^(<!doctype svg|<(\w+:)?svg[\s>/])/i.test(start) || /^<!doctype[\s\S]*<(\w+:)?svg[\s>/]/i.test(start))
    return 'svg';
  if (/^<!doctype \w+\s*\[|^<!entity/i.test(start)) return 'svg';
  throw new Never('image-not-an-image', `image-not-an-image: ${JSON.stringify(head.slice(0, 60))}`);
}
