import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harmless, inBytes, oneLine, padded, widthOf, wrapped } from '../../../src/chat/terminal/text.ts';

describe('width', () => {
  test.each([
    ['tea', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['お茶', 4],
    ['👩‍🚀', 2],
    ['❤️', 2],
    ['차', 2],
    ['', 0],
  ])('of %s is %i', (text, width) => expect(widthOf(text)).toBe(width));

  test('padding counts columns, not letters', () => expect(padded('お茶', 6)).toBe('お茶  '));
});

describe('wrapping', () => {
  test('keeps words whole and paragraphs apart', () => {
    expect(wrapped('one two three\n\nfour', 8)).toEqual(['one two', 'three', '', 'four']);
  });

  test('breaks what is longer than a line, and scripts without spaces anywhere', () => {
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrapped('静かな朝の光', 6)).toEqual(['静かな', '朝の光']);
  });

  test('never exceeds the width and loses no letter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 4, max: 30 }),
        (text, width) => {
          const lines = wrapped(text, width);
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
          expect(lines.join('').replace(/\s/g, '')).toBe(harmless(text).replace(/\s/g, ''));
        },
      ),
    );
  });
});

describe('harmless', () => {
  test('control characters are seen, not obeyed', () => {
    expect(harmless('\u001B[2Jgone\u0007\u009B1A\u007F')).toBe('␛[2Jgone␇�1A␡');
    expect(harmless('safe\u202Etxt.exe')).toBe('safetxt.exe');
    expect(oneLine('two\nlines\r\nhere')).toBe('two lines here');
  });

  test('nothing but line breaks is left of the controls, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(harmless(text)).not.toMatch(/(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]|\p{Cs}/u);
      }),
    );
  });
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [123_456, '123 kB'],
  [2_500_000, '2.5 MB'],
])('%i bytes are %s', (bytes, words) => expect(inBytes(bytes)).toBe(words));
