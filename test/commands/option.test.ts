import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VideoOptions } from '../../src/campaign/intent.ts';
import { bothOf, readNamed, readOptions } from '../../src/campaign/option.ts';
import { Offer } from '../../src/campaign/reference.ts';

type Row = [typed: string, words: string, options: VideoOptions];
const logo = 'https://aurora.tea/logo.svg';

const table: Row[] = [
  // Nothing to read
  ['', '', {}],
  ['   ', '', {}],
  ['a calm film', 'a calm film', {}],
  ['  two\n\nparagraphs  ', 'two\n\nparagraphs', {}],
  // Lengths
  ['tea --duration 6', 'tea', { seconds: 6 }],
  ['tea --duration=6', 'tea', { seconds: 6 }],
  ['tea --duration: 6', 'tea', { seconds: 6 }],
  ['tea —duration 6', 'tea', { seconds: 6 }],
  ['tea -duration 6', 'tea', { seconds: 6 }],
  ['--duration 6 tea', 'tea', { seconds: 6 }],
  ['tea duration:6', 'tea', { seconds: 6 }],
  ['tea duration: 6', 'tea', { seconds: 6 }],
  ['tea --DURATION 6 s', 'tea', { seconds: 6 }],
  ['tea --duration "6 seconds" hot', 'tea hot', { seconds: 6 }],
  ['tea --length 1min', 'tea', { seconds: 60 }],
  ['tea --seconds ６', 'tea', { seconds: 6 }],
  ['tea, 6s', 'tea', { seconds: 6 }],
  ['6s, tea', 'tea', { seconds: 6 }],
  ['tea 6 s', 'tea', { seconds: 6 }],
  ['tea 6sec', 'tea', { seconds: 6 }],
  ['a 6 second film', 'a film', { seconds: 6 }],
  ['a 6-second film', 'a film', { seconds: 6 }],
  ['a film for 6 seconds.', 'a film.', { seconds: 6 }],
  ['tea (6s)', 'tea', { seconds: 6 }],
  ['tea, 6s. Calm.', 'tea. Calm.', { seconds: 6 }],
  ['tea (6s, 1:1) at dawn', 'tea at dawn', { seconds: 6, aspect: '1:1' }],
  ['tea (hot, 6s), 1:1 at dawn', 'tea (hot), at dawn', { seconds: 6, aspect: '1:1' }],
  ['tea 6s 8s', 'tea 8s', { seconds: 6 }],
  ['5 seconds of steam, 10s', '5 seconds of steam', { seconds: 10 }],
  ['5 seconds of steam --duration 8', '5 seconds of steam', { seconds: 8 }],
  ['tea --duration 6 --duration 8', 'tea', { seconds: 8 }],
  ['the logo comes after 3 seconds', 'the logo comes after 3 seconds', {}],
  ['the first 2 seconds are black', 'the first 2 seconds are black', {}],
  ['a 90s look', 'a 90s look', {}],
  ['back to the 60s', 'back to the 60s', {}],
  ['a 30s film', 'a film', { seconds: 30 }],
  ['an iPhone 6s on a table', 'an iPhone 6s on a table', {}],
  ['steam for 1.5 seconds', 'steam for 1.5 seconds', {}],
  ['16 scenes, 24 sheep', '16 scenes, 24 sheep', {}],
  // Shapes
  ['tea 9:16', 'tea', { aspect: '9:16' }],
  ['tea in 9:16 format, calm', 'tea, calm', { aspect: '9:16' }],
  ['tea 9x16', 'tea', { aspect: '9:16' }],
  ['tea 1080x1350', 'tea', { aspect: '4:5' }],
  ['tea --aspect 9x16', 'tea', { aspect: '9:16' }],
  ['tea --aspect-ratio 16/9', 'tea', { aspect: '16:9' }],
  ['tea --ratio vertical', 'tea', { aspect: '9:16' }],
  ['tea --aspect square light', 'tea light', { aspect: '1:1' }],
  ['tea --square', 'tea', { aspect: '1:1' }],
  ['tea --size 1920x1080', 'tea', { aspect: '16:9' }],
  ['a vertical drop', 'a vertical drop', {}],
  ['a vertical ad', 'a vertical ad', { aspect: '9:16' }],
  ['Square video of tea', 'Square video of tea', { aspect: '1:1' }],
  ['tea in landscape format', 'tea in landscape format', { aspect: '16:9' }],
  ['a vertical clip, 4:5', 'a vertical clip', { aspect: '4:5' }],
  ['not a vertical clip', 'not a vertical clip', {}],
  ['a Times Square film, a landscape film', 'a Times Square film, a landscape film', {}],
  ['doors open at 9:16', 'doors open at 9:16', {}],
  ['at 4:05 and 9:16:30, lens 16:9x', 'at 4:05 and 9:16:30, lens 16:9x', {}],
  ['we won 2:1', 'we won 2:1', {}],
  ['the words "16:9" on a wall', 'the words "16:9" on a wall', {}],
  ['the words “6s” on a wall', 'the words “6s” on a wall', {}],
  ["don't stop 1:1 isn't it", "don't stop isn't it", { aspect: '1:1' }],
  // Platforms and templates
  ['a tiktok about tea', 'a tiktok about tea', { platform: 'tiktok' }],
  ['for instagram', 'for instagram', { platform: 'instagram' }],
  ['for Instagram reels, tea', 'for Instagram reels, tea', { platform: 'instagram', aspect: '9:16' }],
  ['a YouTube short 16:9', 'a YouTube short', { platform: 'youtube', aspect: '16:9' }],
  ['not for facebook', 'not for facebook', {}],
  ['see https://tiktok.com/@tea', 'see https://tiktok.com/@tea', {}],
  ['tea --platform yt', 'tea', { platform: 'youtube' }],
  ['tea --platform tik tok hot', 'tea hot', { platform: 'tiktok' }],
  ['tea --template brand-animation', 'tea', { template: 'brand-animation' }],
  ['tea --template Brand Animation hot', 'tea hot', { template: 'brand-animation' }],
  ['tea template:social', 'tea', { template: 'social-media' }],
  ['tea --style brand_animation', 'tea', { template: 'brand-animation' }],
  ['tea --style "oil on canvas"', 'tea', { note: 'oil on canvas' }],
  // Texts
  ['tea --model "sample cinema"', 'tea', { model: 'sample cinema' }],
  ['tea --model veo-3.1 hot', 'tea hot', { model: 'veo-3.1' }],
  ['model: a woman in red', 'model: a woman in red', {}],
  ['photo:realistic tea, picture: "a fox"', 'photo:realistic tea, picture: "a fox"', {}],
  ['tea duration:', 'tea duration:', {}],
  ['tea --tagline “Taste the morning”', 'tea', { tagline: 'Taste the morning' }],
  ['tea --tagline „Guten Morgen“ heiß', 'tea heiß', { tagline: 'Guten Morgen' }],
  ['thé --tagline «Bonjour»', 'thé', { tagline: 'Bonjour' }],
  ["tea --tagline 'It's morning'", 'tea', { tagline: "It's morning" }],
  ['tea --tagline "Say \\"tea\\""', 'tea', { tagline: 'Say "tea"' }],
  ['tea tagline: "Good day" hot', 'tea hot', { tagline: 'Good day' }],
  ['tea --tagline Taste the morning 6s', 'tea', { tagline: 'Taste the morning', seconds: 6 }],
  ['--product Aurora tea at dawn', 'tea at dawn', { product: 'Aurora' }],
  ['tea --description "6s of 9:16"', 'tea', { description: '6s of 9:16' }],
  ['--prompt tea at dawn', 'tea at dawn', {}],
  // Own words
  ['tea --as-is', 'tea', { verbatim: true }],
  ['tea --verbatim hot', 'tea hot', { verbatim: true }],
  ['tea --as-is=no', 'tea', { verbatim: false }],
  ['Use my words as they are: tea', 'tea', { verbatim: true }],
  // All together, as people write
  [
    'a calm launch film for Aurora tea, 6s 9:16',
    'a calm launch film for Aurora tea',
    { seconds: 6, aspect: '9:16' },
  ],
  [
    'duration=8 aspect=1:1 model=sample-cinema a fox --tagline "Run" in snow',
    'a fox in snow',
    { seconds: 8, aspect: '1:1', model: 'sample-cinema', tagline: 'Run' },
  ],
];

const faults: [typed: string, ...codes: string[]][] = [
  ['tea --duration six', 'seconds-unreadable'],
  ['tea --duration 0', 'seconds-unreadable'],
  ['tea --duration -5', 'seconds-unreadable'],
  ['tea --duration 1e9', 'seconds-unreadable'],
  ['tea --duration 6.5', 'seconds-unreadable'],
  ['tea 6.5s', 'seconds-unreadable'],
  ['tea 0s', 'seconds-unreadable'],
  ['tea --duration', 'option-empty'],
  ['tea --duration --aspect 1:1', 'option-empty'],
  ['tea --tagline ""', 'option-empty'],
  ['tea --aspect 7:3', 'aspect-unknown'],
  ['tea --aspect mp4', 'aspect-unknown'],
  ['tea 21:9', 'aspect-unknown'],
  ['tea --template opera', 'template-unknown'],
  ['tea --platform myspace', 'platform-unknown'],
  ['tea --logo logo.png', 'reference-link-unreadable'],
  ['tea --reference ftp://x.y/z.png', 'reference-link-unreadable'],
  ['tea --as-is=maybe', 'option-unknown'],
  ['tea --sparkle', 'option-unknown'],
  ['tea --toString 1 --constructor 2', 'option-unknown', 'option-unknown'],
  ['tea --duration six --aspect 7:3 --foo', 'seconds-unreadable', 'aspect-unknown', 'option-unknown'],
];

describe('typed text', () => {
  test.each(table)('%j', (typed, words, options) => {
    expect(readOptions(typed)).toMatchObject({ words, faults: [], links: [] });
    expect(readOptions(typed).options).toEqual(options);
  });

  test.each(faults)('%j is refused', (typed, ...codes) => {
    expect(readOptions(typed).faults.map((fault) => fault.refusal)).toEqual(codes);
  });

  test('an unknown option names the one that was probably meant', () => {
    const [fault] = readOptions('tea --duratoin 6').faults;
    expect(fault?.sentence).toBe('I do not know the option `duratoin`. Did you mean `--duration`?');
  });

  test('the stills have a backend and wishes of their own', () => {
    const said = readOptions(
      'tea --video-model kling --image-backend flux --still-quality HD --still-style vivid --stills 4',
    );
    expect(said).toMatchObject({
      words: 'tea',
      options: { model: 'kling', stillModel: 'flux', stillQuality: 'hd', stillStyle: 'vivid', stillCount: 4 },
      faults: [],
    });
    const wrong = readOptions('tea --still-quality best --still-style loud --stills 9').faults;
    expect(wrong.map(({ refusal }) => refusal)).toEqual([
      'still-wish-unknown',
      'still-wish-unknown',
      'still-count-impossible',
    ]);
  });

  test('frames and product pictures are named by their option', () => {
    const { references } = readOptions(
      'tea --first-frame https://a.test/1.png --last-frame https://a.test/2.png --product-image https://a.test/3.png',
    );
    expect(references.map(({ purpose }) => purpose)).toEqual(['first-frame', 'last-frame', 'product']);
  });

  test('one that resembles nothing is answered with all there are', () => {
    const [fault] = readOptions('tea --sparkle').faults;
    expect(fault?.sentence).toMatch(
      /^I do not know the option `sparkle`\. These exist: --model, .*--stills\.$/,
    );
  });

  test('a brief longer than anybody may send is left alone', () => {
    const typed = `${'tea '.repeat(5000)}6s`;
    expect(readOptions(typed)).toMatchObject({ words: typed, options: {} });
  });
});

describe('links', () => {
  test('a picture leaves the words, any other address stays', () => {
    const read = readOptions(`like ${logo}, not https://aurora.tea/shop`);
    expect(read).toMatchObject({ words: 'like, not https://aurora.tea/shop', links: [logo] });
    expect(read.references).toEqual([
      { name: 'logo.svg', purpose: null, source: { kind: 'link', url: logo } },
    ]);
  });

  test('what the person called it decides the purpose', () => {
    const typed = `tea --logo ${logo} --reference https://a.b/m%20ood.jpg <https://a.b/c.png?w=9>`;
    expect(readOptions(typed).references.map(({ name, purpose }) => [name, purpose])).toEqual([
      ['logo.svg', 'logo'],
      ['m ood.jpg', 'style'],
      ['c.png', null],
    ]);
  });
});

describe('options by name', () => {
  test('are read like typed ones, and the prompt like typed text', () => {
    const read = readNamed({ prompt: 'tea 6s 1:1', duration: '8 s', 'as-is': 'true', link: logo });
    expect(read).toMatchObject({ words: 'tea', links: [logo], faults: [] });
    expect(read.options).toEqual({ seconds: 8, aspect: '1:1', verbatim: true });
  });

  test('each fault is said', () => {
    const codes = readNamed({ duration: 'six', colour: 'red' }).faults.map((fault) => fault.refusal);
    expect(codes).toEqual(['seconds-unreadable', 'option-unknown']);
  });

  test('the second of two readings wins', () => {
    expect(bothOf(readOptions('a 6s'), readOptions('b 8s'))).toMatchObject({
      words: 'a\nb',
      options: { seconds: 8 },
    });
  });
});

describe('whatever is typed', () => {
  const pieces = fc.constantFrom(
    ...['--duration', '--aspect=', 'tagline:', '—model ', '6s', '9:16', '"', '“', "'", '\\', '(', ')', ', '],
    ...[
      'tiktok ',
      ' ',
      '\n',
      '--',
      '6 seconds',
      'https://',
      'https://a.b/c.png',
      '<',
      '|',
      '--__proto__ ',
      'é',
    ],
    ...['use my words', '--as-is', '--logo ', '--style ', '٦', '𝟞s', '👩‍🚀', '\u202E', '\uD800', '%zz', ':'],
  );
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 40 }).map((all) => all.join('')),
  );

  test('it is read, and the words are a part of it in their order', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const read = readOptions(text);
        let at = 0;
        for (const letter of read.words.replace(/\s/g, '')) {
          at = text.indexOf(letter, at) + letter.length;
          expect(at).toBeGreaterThanOrEqual(letter.length);
        }
        expect(VideoOptions.parse(read.options)).toEqual(read.options);
        for (const offer of read.references) expect(Offer.parse(offer)).toEqual(offer);
        for (const fault of read.faults) expect(fault.sentence).not.toMatch(/undefined|\[object/);
      }),
      { numRuns: 3000 },
    );
  });

  test('words without anything like an option come back as they are', () => {
    const calm = fc.stringMatching(/^[a-zà-ü]{1,9}(?:[ ,.!?\n][a-zà-ü]{1,9}){0,30}$/);
    fc.assert(
      fc.property(calm, (text) => {
        fc.pre(!/tik ?tok|instagram|youtube|facebook|linkedin|use my/.test(text));
        expect(readOptions(text)).toMatchObject({ words: text.trim(), options: {}, links: [], faults: [] });
      }),
    );
  });

  test('the longest text is read quickly', () => {
    expect(readOptions(`${'('.repeat(7990)}6s${')'.repeat(7990)}`).options).toEqual({ seconds: 6 });
    for (const piece of [
      '" ',
      '“ ',
      '--note x ',
      '--tagline ',
      '6s ',
      'a:',
      '\\"',
      'for for ',
      '<https://a ',
    ]) {
      const started = performance.now();
      readOptions(`tea ${piece.repeat(16_000 / piece.length - 4)}`);
      expect(performance.now() - started).toBeLessThan(1500);
    }
  });
});
