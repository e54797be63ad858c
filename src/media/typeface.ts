import { readFileSync } from 'node:fs';

/** Reads from a TrueType file which characters it has and how wide they run. */
export interface Typeface {
  has(codePoint: number): boolean;
  /** Width of `text` in ems, without kerning. */
  width(text: string): number;
}

export function readTypeface(file: string): Typeface {
  const bytes = readFileSync(file);
  const table = tables(bytes);
  const glyphs = readGlyphs(table('cmap'));
  const unitsPerEm = table('head').readUInt16BE(18);
  const measured = table('hhea').readUInt16BE(34);
  const widths = table('hmtx');
  const advance = (glyph: number) => widths.readUInt16BE(4 * Math.min(glyph, measured - 1)) / unitsPerEm;
  return {
    has: (codePoint) => glyphs.has(codePoint),
    width: (text) => [...text].reduce((sum, c) => sum + advance(glyphs.get(c.codePointAt(0) ?? 0) ?? 0), 0),
  };
}

function tables(bytes: Buffer): (tag: string) => Buffer {
  const count = bytes.readUInt16BE(4);
  const found = new Map<string, Buffer>();
  for (let at = 12; at < 12 + 16 * count; at += 16) {
    const start = bytes.readUInt32BE(at + 8);
    found.set(
      bytes.toString('latin1', at, at + 4),
      bytes.subarray(start, start + bytes.readUInt32BE(at + 12)),
    );
  }
  return (tag) => {
    const table = found.get(tag);
    if (!table) throw new Error(`a typeface without ${tag}`);
    return table;
  };
}

/** Code point to glyph, from the subtable that covers all of Unicode (format 12) or its first plane (format 4). */
function readGlyphs(cmap: Buffer): Map<number, number> {
  const count = cmap.readUInt16BE(2);
  const subtables = Array.from({ length: count }, (_, i) => cmap.subarray(cmap.readUInt32BE(8 + 8 * i)));
  const full = subtables.find((subtable) => subtable.readUInt16BE(0) === 12);
  if (full) return readGroups(full);
  const basic = subtables.find((subtable) => subtable.readUInt16BE(0) === 4);
  return basic ? readSegments(basic) : new Map();
}

function readGroups(subtable: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  const count = subtable.readUInt32BE(12);
  for (let at = 16; at < 16 + 12 * count; at += 12) {
    const [first, last] = [subtable.readUInt32BE(at), subtable.readUInt32BE(at + 4)];
    for (let code = first; code <= last; code++)
      glyphs.set(code, subtable.readUInt32BE(at + 8) + code - first);
  }
  return glyphs;
}

function readSegments(subtable: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  const twice = subtable.readUInt16BE(6);
  for (let i = 0; i < twice; i += 2) {
    const last = subtable.readUInt16BE(14 + i);
    const first = subtable.readUInt16BE(16 + twice + i);
    const delta = subtable.readUInt16BE(16 + 2 * twice + i);
    const place = 16 + 3 * twice + i;
    const offset = subtable.readUInt16BE(place);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const listed = offset === 0 ? code : subtable.readUInt16BE(place + offset + 2 * (code - first));
      if (listed !== 0) glyphs.set(code, (listed + delta) & 0xffff);
    }
  }
  return glyphs;
}
