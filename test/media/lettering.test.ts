import { describe, expect, it } from 'vitest';
import { setWords, wordsScript } from '../../src/media/card-words.ts';
import { BOLD, setLines, settable } from '../../src/media/lettering.ts';

describe('what can be set in Inter', () => {
  it.each([
    'Plain words, 100 % & more — “quoted” ½ €',
    'Ünïcødé Łódź İstanbul',
    'Αθήνα',
    'Київ — Москва',
    'Tiếng Việt đẹp',
  ])('%s, unchanged', (text) => {
    expect(settable(text, BOLD)).toEqual({ text, missing: null, thinned: false });
  });

  it.each([
    ['漢字', 'Han'],
    ['ひらがな', 'Hiragana'],
    ['カタカナ', 'Katakana'],
    ['한국어', 'Hangul'],
    ['مرحبا', 'Arabic'],
    ['שלום', 'Hebrew'],
    ['नमस्ते', 'Devanagari'],
    ['สวัสดี', 'Thai'],
    ['ქართული', 'Georgian'],
    ['Brand 漢字', 'Han'],
    ['ᚠᚢᚦ', 'other'],
  ])('%s not: boxes are worse than nothing, and the script is named', (text, missing) => {
    expect(settable(text, BOLD)).toEqual({ text: '', missing, thinned: false });
  });

  it('emoji go, the words stay', () => {
    expect(settable('To the 🚀👩🏽‍🚀 moon 🇩🇪!', BOLD)).toMatchObject({
      text: 'To the moon !',
      thinned: true,
    });
    expect(settable('🎉', BOLD)).toMatchObject({ text: '', missing: null, thinned: true });
  });

  it('control and direction marks go without a word', () => {
    expect(settable('a\u0000b\u202ec\u200bd\ne', BOLD)).toEqual({
      text: 'abcd e',
      missing: null,
      thinned: false,
    });
  });
});

describe('lines', () => {
  const room = { width: 600, most: 76, least: 40 };
  const width = (line: string, size: number) => BOLD.type().width(line) * size;

  it('are measured as the typeface runs', () => {
    expect(BOLD.type().width('Wi')).toBeGreaterThan(BOLD.type().width('i') * 3.5);
    expect(BOLD.type().width('0')).toBeGreaterThan(0.5);
  });

  it.each([
    ['Northwind', 1],
    ['The quiet machine for loud mornings', 2],
    ['The quiet machine for loud mornings and for everybody who wakes up late', 3],
  ])('of %j are %i, equal and within their room', (text, count) => {
    const { lines, size } = setLines(text, BOLD, room);
    expect(lines).toHaveLength(count);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(width(line, size)).toBeLessThanOrEqual(600.5);
    expect(size).toBeGreaterThanOrEqual(40);
  });

  it.each(['word '.repeat(800).trim(), 'Donaudampfschifffahrtsgesellschaft'.repeat(60)])(
    'of far too long a text are cut, at once and within their room',
    (text) => {
      const began = Date.now();
      const { lines, size } = setLines(text, BOLD, room);
      expect(Date.now() - began).toBeLessThan(100);
      expect(lines).toHaveLength(3);
      expect(lines.at(-1)?.endsWith('…')).toBe(true);
      for (const line of lines) expect(width(line, size)).toBeLessThanOrEqual(600.5);
    },
  );
});

it('lets no text give orders to libass', () => {
  const words = setWords({ title: '{\\p1}m 0 0 l 9 9{\\p0}\\N', tagline: 'a\nDialogue: 0' }, 600, 720);
  const script = wordsScript({ width: 1280, height: 720 }, words, { x: 640, y: 300 }, [255, 255, 255]);
  const events = script.split('\n').filter((line) => line.startsWith('Dialogue'));
  expect(events.length).toBe((words.title?.lines.length ?? 0) + (words.tagline?.lines.length ?? 0));
  for (const event of events) expect(event.split('}').slice(1).join('}')).not.toMatch(/[{}\\]/);
});
