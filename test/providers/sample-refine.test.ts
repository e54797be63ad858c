import { describe, expect, it } from 'vitest';
import { Refinement } from '../../src/campaign/prompt.ts';
import type { RefineOrder } from '../../src/providers/language.ts';
import { sampleLanguage } from '../../src/providers/sample/language.ts';
import { moodOf, wishesIn } from '../../src/providers/sample/mood.ts';
import { german } from '../../src/providers/sample/phrases/de.ts';
import { english } from '../../src/providers/sample/phrases/en.ts';
import { spanish } from '../../src/providers/sample/phrases/es.ts';
import { french } from '../../src/providers/sample/phrases/fr.ts';
import { japanese } from '../../src/providers/sample/phrases/ja.ts';
import { wishNames } from '../../src/providers/sample/phrases.ts';

const order = (words: string, more: Partial<RefineOrder> = {}): RefineOrder => ({
  words,
  template: null,
  platform: null,
  product: null,
  tagline: null,
  description: null,
  musts: [],
  mustNots: [],
  voice: null,
  notes: [],
  previous: null,
  references: [],
  film: null,
  colours: [],
  seconds: 6,
  aspect: '16:9',
  seed: 2,
  ...more,
});

const refine = async (words: string, more: Partial<RefineOrder> = {}) =>
  Refinement.parse(await sampleLanguage().refine(order(words, more), AbortSignal.timeout(1000)));

describe('a brief becomes a shot', () => {
  it('turns "cinematic with dramatic lighting" into light and a move, and keeps the product', async () => {
    const { still, motion } = await refine('Product video', {
      notes: ['make it cinematic with dramatic lighting'],
    });
    for (const text of [still, motion]) expect(text).toMatch(/product video.*three-point lighting.*mood/is);
    expect(motion).toMatch(/slow pan/i);
  });

  it('gives the same answer to the same order', async () => {
    expect(await refine('A tea film')).toEqual(await refine('A tea film'));
  });

  it('varies the kind of shot by seed', async () => {
    const stills = await Promise.all([0, 1, 2, 3, 4].map((seed) => refine('A tea film', { seed })));
    const kinds = [
      'cinematic composition',
      'consistent lighting',
      'clear focal point',
      'film still',
      'establishing shot',
    ];
    for (const [i, { still }] of stills.entries()) expect(still.toLowerCase()).toContain(kinds[i]);
    expect(new Set(stills.map(({ motion }) => motion)).size).toBe(5);
  });

  it('uses template, platform, palette, description and references', async () => {
    const { still, motion } = await refine('Our new tea', {
      template: 'social-media',
      platform: 'tiktok',
      description: 'hand-rolled oolong',
      colours: ['#0a7d5c', '#ffcc00'],
      references: [{ name: 'moss.jpg', purpose: 'style', tag: '@Image1', picture: null }],
    });
    expect(still).toMatch(/oolong.*tiktok.*style: moss\.jpg.*#0a7d5c, #ffcc00/s);
    expect(motion).toMatch(/oolong.*first second/s);
  });
});

describe('notes are answered', () => {
  const motion = async (...notes: string[]) => (await refine('A launch film for our tea', { notes })).motion;

  it('says what was asked for, and what it means on the set', async () => {
    expect(await motion('darker, slower')).toMatch(/deep shadows.*half the tempo.*darker, slower/is);
  });

  it('keeps earlier notes', async () => {
    const text = await motion('darker', 'slower', 'put it on ice');
    for (const note of ['Darker', 'Slower', 'Put it on ice']) expect(text).toContain(note);
  });

  it('lets a later note take back an earlier one, and nothing beside it', async () => {
    const text = await motion('darker, slower', 'put it on ice', 'brighter');
    expect(text).not.toMatch(/darker|deep shadows/i);
    expect(text).toMatch(/half the tempo.*slower.*put it on ice.*brighter/is);
  });

  it('adds up what is asked for twice', async () => {
    const [once, twice] = [await motion('darker'), await motion('darker', 'even darker')];
    expect(moodOf(twice).light).toBeLessThan(moodOf(once).light);
  });

  it('goes on from a wording that a person wrote', async () => {
    const previous = { still: 'A grey stone in rain.', motion: 'Rain runs down a stone.' };
    const made = await refine('A tea film', { previous, notes: ['darker'] });
    expect(made).toMatchObject({
      still: 'A grey stone in rain. Darker',
      motion: 'Rain runs down a stone. Darker',
    });
  });
});

describe('demands', () => {
  it.each(['en: A tea film for our shop', 'Ein Film für unseren Tee', 'Reklama herbaty dla młodych'])(
    '%s: none is lost',
    async (words) => {
      const musts = Array.from({ length: 12 }, (_, i) => `must-${i} ${'leaf '.repeat(50)}`);
      const made = await refine(words.repeat(60), {
        musts,
        mustNots: ['smoke', 'glass'],
        notes: ['darker '.repeat(120)],
      });
      for (const text of [made.still, made.motion]) {
        for (let i = 0; i < 12; i++) expect(text).toContain(`must-${i} `);
        expect(text).toMatch(/smoke.*glass/s);
        expect(text.length).toBeLessThanOrEqual(2000);
      }
    },
  );

  it('words what must not be as "without"', async () => {
    expect((await refine('A tea film', { mustNots: ['no people', 'neon'] })).motion).toContain(
      'Without people, without neon',
    );
    expect((await refine('Ein Film für Tee', { mustNots: ['keine Menschen'] })).motion).toContain(
      'Ohne Menschen',
    );
  });

  it('carries failures on request into both prompts, once', async () => {
    const made = await refine('A tea film sample:slow', { notes: ['darker sample:drop sample:slow'] });
    for (const text of [made.still, made.motion]) {
      expect(text.match(/sample:[a-z]+/g)).toEqual(['sample:slow', 'sample:drop']);
    }
  });

  it('cuts between graphemes', async () => {
    const { still } = await refine('👩‍👩‍👧‍👦'.repeat(400));
    expect(still.length).toBeLessThanOrEqual(2000);
    expect(still).toMatch(/^(?:👩‍👩‍👧‍👦)+/u);
    expect(still.isWellFormed() && !/\u200d[^\p{Extended_Pictographic}]/u.test(still)).toBe(true);
  });
});

describe('languages', () => {
  it.each([
    ['Ein Werbefilm für unseren neuen Tee', /Kamera/, /\b(?:the|camera|light)\b/i],
    ['Un film pour notre nouveau thé', /caméra/i, /\b(?:the|light|shadows)\b/i],
    ['Un vídeo para nuestro té', /cámara/i, /\b(?:the|camera|light)\b/i],
    ['新しいお茶の動画', /カメラ/, /[a-z]{3}/i],
    ['A film for our tea', /camera/i, /[äöüßéñ]|[\u3040-\u30ff]/i],
  ])('%s stays in its language', async (words, own, foreign) => {
    const { motion, still } = await refine(words);
    expect(motion).toMatch(own);
    expect(motion + still).not.toMatch(foreign);
  });

  it.each([
    'Reklama kawy dla młodych ludzi',
    'Um vídeo para o nosso café da manhã',
    'Una pubblicità per il nostro caffè',
    'Een filmpje voor onze koffie',
    'Yeni kahvemiz için bir tanıtım',
    'Реклама нового кофе',
    '새로운 커피 광고 영상',
    '新咖啡的廣告影片',
    'إعلان لقهوتنا الجديدة',
    'Iklan kopi baru kami',
  ])('adds nothing to %s', async (words) => {
    expect(await refine(words)).toMatchObject({ still: words, motion: words });
  });

  it.each(Object.entries({ english, german, french, spanish, japanese }))(
    '%s phrases ask for nothing by themselves',
    (_, phrases) => {
      const neutral = [
        ...phrases.shots,
        ...phrases.cameras,
        phrases.light,
        ...Object.values(phrases.templates).flatMap(Object.values),
      ];
      for (const text of neutral) expect(wishesIn(text), text).toEqual([]);
      for (const name of wishNames) {
        const { still, motion } = phrases.wishes[name];
        expect(
          wishesIn(`${still}. ${motion}`).filter(({ more }) => more),
          name,
        ).toEqual([]);
      }
      const levels = (['darker', 'brighter'] as const).map(
        (name) => moodOf(phrases.wishes[name].motion).light,
      );
      expect(levels[0]).toBeLessThanOrEqual(0);
      expect(levels[1]).toBeGreaterThanOrEqual(0);
    },
  );
});

describe('names', () => {
  it.each([
    ['A launch film for Aurora Cold Brew', 'Aurora Cold Brew', null],
    ['A reel for Instagram', null, null],
    ['A teaser called "Nightfall", tagline: Sleep is optional', 'Nightfall', 'Sleep is optional'],
    ['A clip for “Zephyr”, "Run on air."', 'Zephyr', 'Run on air.'],
    ['Werbung für „Morgenrot“, Slogan: „Wach wird man hier“', 'Morgenrot', 'Wach wird man hier'],
    ['Une vidéo pour «Aube»', 'Aube', null],
    ['「あさひ」の動画、キャッチコピー：「朝が来る」', 'あさひ', '朝が来る'],
    ['product: Terra Mug. tagline: Hold the earth', 'Terra Mug', 'Hold the earth'],
    ['a calm film of waves', null, null],
  ])('%s', async (words, product, tagline) => {
    expect(await refine(words)).toMatchObject({ product, tagline });
  });

  it('leaves what the brief already names, and hears no wish in a name', async () => {
    const made = await refine('A film for Midnight Roast', { product: 'Midnight Roast', tagline: 'Stay up' });
    expect(made).toMatchObject({ product: 'Midnight Roast', tagline: 'Stay up' });
    expect(made.motion).not.toContain('deep shadows');
  });
});
