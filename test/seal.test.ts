import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type SealKey, sealWith } from '../src/seal.ts';

const key = (id: string, filling: number): SealKey => ({ id, key: new Uint8Array(32).fill(filling) });
const a = key('a', 1);
const b = key('b', 2);
const text = 'xoxb-1-äöü 💃';

describe('a seal', () => {
  test('opens what it closed, about the same thing only', () => {
    const seal = sealWith([a]);
    const sealed = seal.close(text, 'slack T1');
    expect(sealed).not.toContain('xoxb');
    expect(seal.open(sealed, 'slack T1')).toBe(text);
    expect(() => seal.open(sealed, 'slack T2')).toThrow(/belongs elsewhere/);
  });

  test('never looks the same twice', () => {
    const seal = sealWith([a]);
    expect(seal.close(text, 'x')).not.toBe(seal.close(text, 'x'));
  });

  test('notices every changed letter', () => {
    const seal = sealWith([a]);
    const sealed = seal.close(text, 'x');
    for (let at = 2; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const torn = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      // The last letter of a base64 part may carry bits that mean nothing.
      const opened = () => seal.open(torn, 'x');
      if (
        Buffer.from(torn.split('.').at(-1) ?? '', 'base64url').equals(bytes(sealed)) &&
        sameParts(torn, sealed)
      )
        expect(opened()).toBe(text);
      else expect(opened, `letter ${at}`).toThrow();
    }
  });

  test('a text cut short does not open', () => {
    const seal = sealWith([a]);
    const sealed = seal.close(text, 'x');
    const [id, nonce, tag = '', data] = sealed.split('.');
    expect(() => seal.open([id, nonce, tag.slice(0, 6), data].join('.'), 'x')).toThrow();
    expect(() => seal.open([id, nonce].join('.'), 'x')).toThrow();
  });

  test('keys can be changed: the first closes, all of them open, a missing one is named', () => {
    const old = sealWith([a]).close(text, 'x');
    const both = sealWith([b, a]);
    expect(both.open(old, 'x')).toBe(text);
    expect(both.keyOf(both.close(text, 'x'))).toBe('b');
    expect(() => sealWith([b]).open(old, 'x')).toThrow(/“a”/);
  });
});

const bytes = (sealed: string) => Buffer.from(sealed.split('.').at(-1) ?? '', 'base64url');
const sameParts = (one: string, other: string) =>
  one.split('.').every((part, i) => {
    const twin = other.split('.')[i] ?? '';
    return i === 0 ? part === twin : Buffer.from(part, 'base64url').equals(Buffer.from(twin, 'base64url'));
  });

describe('SECRET_KEYS', () => {
  const good = Buffer.alloc(32, 7).toString('base64');
  test('are read in order', () => {
    const { SECRET_KEYS } = readConfig({ SECRET_KEYS: `new:${good}, old:${good}` });
    expect(SECRET_KEYS?.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  test.each(['', 'x', `x:${good}x`, good, `x:${good},`])(
    '%j is refused, or as if it were not there',
    (given) => {
      const read = () => readConfig({ SECRET_KEYS: given }).SECRET_KEYS;
      if (given === '') expect(read()).toBeUndefined();
      else expect(read).toThrow(/SECRET_KEYS/);
    },
  );
});
