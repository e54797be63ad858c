import { describe, expect, test } from 'vitest';
import type { Typed } from '../../commands/command.ts';
import { videoBrand } from '../../commands/video-brand.ts';
import type { Offer } from '../../src/campaign/reference.ts';

const place = 'terminal:main';
const read = (text: string, more: Partial<Typed> = {}) =>
  videoBrand.read({ text, options: {}, files: [], place, ...more });
const logo: Offer = { name: 'a.svg', purpose: 'logo', source: { kind: 'attachment', attachment: 'F1' } };
const kept = (more: object) => ({ manage: { type: 'keep-kit', kit: null, name: 'Aurora', place, ...more } });

describe('/video-brand', () => {
  test.each([
    ['', { about: 'brands' }],
    ['Aurora', { about: 'brands', name: 'Aurora' }],
    ['Aurora --remove no', { about: 'brands', name: 'Aurora' }],
    ['"Aurora Tea"', { about: 'brands', name: 'Aurora Tea' }],
  ])('asks: %s', (text, ask) => {
    expect(read(text)).toEqual({ ask });
    const name = text.replaceAll('"', '').replace(/ --.*/, '');
    expect(read('', { options: { ...(name && { name }) } })).toEqual({ ask });
  });

  test.each([
    ['Aurora --colours "#aabbcc, #112233"', { colours: ['#aabbcc', '#112233'] }],
    ['Aurora —colors #abc #123', { colours: ['#abc', '#123'] }],
    ['Aurora --voice “calm -- and warm” --usual', { voice: 'calm -- and warm', usual: true }],
    ['Aurora --never "people, at night; rain"', { bans: ['people, at night', 'rain'] }],
    ['Aurora --never none --voice none', { bans: [], voice: '' }],
    ['Aurora --logo none', { logo: null }],
    ['Aurora --link NONE --voice calm', { voice: 'calm', logo: null }],
    ['Aurora --never=people --usual no', { bans: ['people'], usual: false }],
    [
      'Aurora --logo https://a.test/aurora.svg',
      {
        logo: {
          name: 'aurora.svg',
          purpose: 'logo',
          source: { kind: 'link', url: 'https://a.test/aurora.svg' },
        },
      },
    ],
  ])('keeps: %s', (text, wish) => expect(read(text)).toEqual(kept(wish)));

  test('a file is its logo, and a chosen option is one that was typed', () => {
    expect(read('Aurora', { files: [logo] })).toEqual(kept({ logo }));
    expect(read('', { options: { name: 'Aurora', voice: 'calm' }, files: [logo] })).toEqual(
      kept({ voice: 'calm', logo }),
    );
  });

  test('removes', () =>
    expect(read('Aurora Tea --remove')).toEqual({ manage: { type: 'drop-kit', kit: 'Aurora Tea' } }));

  test.each([
    ['--voice calm', 'kit-name-missing'],
    ['--remove', 'kit-name-missing'],
    ['Aurora --colour-scheme dark', 'option-unknown'],
    ['Aurora --logo here', 'reference-link-unreadable'],
  ])('says what is wrong with: %s', (text, refusal) =>
    expect(read(text)).toMatchObject({ refuse: [{ refusal }] }),
  );
});
