import { describe, expect, test } from 'vitest';
import type { BrandKit } from '../../src/campaign/brand-kit.ts';
import { coloursOf, logoOf, mustNotsOf } from '../../src/campaign/campaign.ts';
import { creativeOf, resultOf } from '../../src/campaign/creative.ts';
import { eventVersion, readEvent } from '../../src/campaign/read-event.ts';
import { partsOf } from '../../src/campaign/screening.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { catalogue, picture, story } from './specification.ts';

const aurora: BrandKit = {
  ...{ id: 'k1', name: 'Aurora', revision: 3, colours: ['#0f766e'] },
  logo: { name: 'aurora.svg', picture: picture('logo3'), notes: [], palette: ['#fde68a'] },
  ...{ voice: { words: 'calm and warm' }, bans: [{ words: 'people' }] },
};
const plain: BrandKit = { ...aurora, id: 'k2', name: 'Borealis', logo: null, voice: null, bans: [] };
const brands = (usual: string | null = null, kits: BrandKit[] = [aurora, plain]) => ({ kits, usual });
const file = (name: string, purpose: 'logo' | null = null) => ({
  ...{ name, purpose },
  source: { kind: 'attachment' as const, attachment: name },
});
const named = { options: { brand: 'aurora' } };

/** A campaign with the kit, worded. */
function worded(given = brands()) {
  const it = story({ brands: given });
  it.open('A calm film', named);
  it.refine();
  return it;
}

describe('a campaign opened with a brand kit', () => {
  test('has its logo, colours, voice and bans', () => {
    const it = story({ brands: brands() });
    it.open('A calm film', named);
    expect(it.campaign.kit).toEqual(aurora);
    expect(logoOf(it.campaign)).toMatchObject({ name: 'aurora.svg', picture: { sha256: 'logo3' } });
    expect(coloursOf(it.campaign)).toEqual(['#0f766e', '#fde68a']);
    expect(mustNotsOf(it.campaign)).toEqual([{ words: 'people' }]);
    expect(it.events.at(-1)).toMatchObject({ type: 'refinement.requested', n: 1 });
  });

  test('that is taken while a photo is still being fetched lends its logo once that is seen to be none', () => {
    const it = story({ brands: brands() });
    it.open('A calm film', { references: [file('IMG_1.jpg')] });
    it.told({ type: 'use-kit', kit: 'k1' });
    expect(logoOf(it.campaign)).toBeUndefined();
    const reference = it.campaign.references[0]?.id ?? '';
    it.told({ type: 'reference.fetched', reference, picture: picture('cup'), notes: ['photo'], palette: [] });
    expect(logoOf(it.campaign)).toMatchObject({ name: 'aurora.svg' });
  });

  test('that nobody named is the usual one, and none where none is wanted', () => {
    const open = (options: object, usual: string | null) => {
      const it = story({ brands: brands(usual) });
      it.open('A calm film', { options });
      return it.campaign.kit?.name ?? null;
    };
    expect(open({}, 'k2')).toBe('Borealis');
    expect(open({}, null)).toBeNull();
    expect(open({ brand: 'AURORA' }, 'k2')).toBe('Aurora');
    expect(open({ brand: 'none' }, 'k2')).toBeNull();
  });

  test.each([
    ['with the names there are', brands(), /“Aurara”.*Aurora, Borealis/],
    [
      'and told how to make one where there are none',
      brands(null, []),
      /none yet.*\/video-brand.*`--product`/,
    ],
  ])('that nobody knows is refused %s', (_, given, says) => {
    const it = story({ brands: given });
    const open = { words: 'x', options: { brand: 'Aurara' }, references: [], place: 'terminal:a' };
    expect(it.take({ type: 'open', ...open })).toMatchObject({
      refusal: 'kit-unknown',
      sentence: expect.stringMatching(says),
    });
  });

  test('keeps a logo that was given beside it; where that is no good the kit’s is taken', () => {
    const it = story({ brands: brands() });
    it.open('A calm film', { ...named, references: [file('own.png', 'logo'), file('mood.png')] });
    expect(it.campaign.references.map((r) => r.purpose)).toEqual(['logo', 'style']);
    const [own] = it.campaign.references;
    it.told({ type: 'reference.refused', reference: own?.id ?? '', code: 'image-pdf' });
    expect(logoOf(it.campaign)?.name).toBe('aurora.svg');
  });

  test('a first picture that says nothing of itself is no logo any more', () => {
    const it = story({ brands: brands() });
    it.open('A calm film', { ...named, references: [file('mood.png')] });
    expect(it.campaign.references.map((r) => r.purpose)).toEqual(['style', 'logo']);
  });

  test('has what it lent looked through before money is spent', () => {
    const it = worded();
    it.told({ type: 'generate' });
    const parts = partsOf(it.campaign, { of: 'take', n: 1 });
    const words = parts.flatMap((part) => (part.kind === 'words' ? [part.words] : []));
    expect(words).toEqual(expect.arrayContaining(['people', 'calm and warm']));
    expect(parts).toContainEqual(expect.objectContaining({ picture: picture('logo3') }));
  });

  test('without a language model keeps its bans all the same', () => {
    const it = story({ brands: brands() });
    it.open('A calm film', named);
    it.told({ type: 'prompt.unrefined', n: 1, reason: 'outage' });
    expect(it.campaign.revisions[0]?.motion.words).toContain('✕ people');
  });
});

describe('the card', () => {
  const brief = (it: ReturnType<typeof worded>, kits = brands().kits) =>
    composeCard('brief', { campaign: it.campaign, live: [], kits }, { catalogue });

  test('names the kit, and offers another and none', () => {
    const [item] = brief(worded())?.items ?? [];
    expect(item).toMatchObject({
      title: 'Brand kit: Aurora',
      text: expect.stringMatching(/aurora\.svg.*#0f766e.*calm and warm.*never people.*revision 3/),
      menu: {
        options: [
          { value: 'k1', label: 'Aurora' },
          { value: 'k2', label: 'Borealis' },
        ],
        chosen: 'k1',
      },
      buttons: [{ label: 'Leave out', does: { type: 'use-kit', kit: '' } }],
    });
  });

  test('says nothing of kits where there are none', () => {
    const it = story();
    it.open();
    expect(brief(it, [])?.items).toEqual([]);
  });

  test('of a review names the revision the take was made with', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.finish();
    const review = composeCard('review:1a', { campaign: it.campaign, live: [] }, { catalogue });
    expect(review?.fields).toContainEqual({ name: 'Brand kit', value: 'Aurora, revision 3' });
    const [take] = it.campaign.takes;
    expect(take && resultOf(it.campaign, take, catalogue)).toMatchObject({
      brandKit: { id: 'k1', name: 'Aurora', revision: 3 },
    });
    expect(creativeOf(it.campaign, 0).metadata.bytesStored).toBe(30);
  });
});

describe('another kit', () => {
  test('takes its logo along, and the prompt is worded anew', () => {
    const it = worded();
    it.told({ type: 'use-kit', kit: 'k2' });
    expect(it.campaign).toMatchObject({ kit: { name: 'Borealis' }, refining: { n: 2 } });
    expect(logoOf(it.campaign)).toBeUndefined();
    it.told({ type: 'use-kit', kit: 'k1' });
    expect(logoOf(it.campaign)?.name).toBe('aurora.svg');
    it.told({ type: 'say', words: '--brand none', references: [] });
    expect(it.campaign.kit).toBeNull();
    expect(mustNotsOf(it.campaign)).toEqual([]);
    expect(logoOf(it.campaign)).toBeUndefined();
  });

  test('the same one again changes nothing, even where it is gone', () => {
    const it = worded();
    expect(it.told({ type: 'use-kit', kit: 'k1' })).toEqual([]);
    expect(it.told({ type: 'use-kit', kit: 'k1' }, { brands: brands(null, [plain]) })).toEqual([]);
  });

  test('one that is gone is said to be; a name nobody knows is not', () => {
    const it = worded();
    const chosen = it.take({ type: 'use-kit', kit: 'k2' }, { brands: brands(null, [aurora]) });
    expect(chosen).toMatchObject({ refusal: 'kit-gone', sentence: expect.not.stringContaining('k2') });
    const typed = it.take({ type: 'set', options: { brand: 'Aurara' } });
    expect(typed).toMatchObject({ refusal: 'kit-unknown' });
  });

  test('waits until the running take is over', () => {
    const it = worded();
    it.told({ type: 'generate' });
    expect(it.take({ type: 'use-kit', kit: 'k2' })).toMatchObject({ refusal: 'take-running' });
    expect(it.take({ type: 'set', options: { brand: 'none' } })).toMatchObject({ refusal: 'take-running' });
  });
});

describe('a kit that changes', () => {
  const newer: BrandKit = {
    ...aurora,
    ...{ revision: 4, bans: [{ words: 'rain' }] },
    logo: { name: 'new.svg', picture: picture('logo4'), notes: [], palette: [] },
  };
  const later = { brands: brands(null, [newer, plain]) };

  test('after the order does not change the take that runs', () => {
    const it = worded();
    it.told({ type: 'generate' }, {});
    expect(it.campaign.takes[0]?.kit).toEqual({ id: 'k1', name: 'Aurora', revision: 3 });
    it.told({ type: 'say', words: 'darker', references: [] }, later);
    expect(it.campaign.takes[0]?.kit?.revision).toBe(3);
    expect(logoOf(it.campaign)?.picture?.sha256).toBe('logo3');
  });

  test('before it is worded anew first, and said so; then the newest is what is ordered', () => {
    const it = worded();
    it.told({ type: 'generate' }, later);
    expect(it.campaign.takes).toEqual([]);
    expect(it.campaign.replies.at(-1)?.say).toEqual({ about: 'kit-changed', name: 'Aurora' });
    expect(logoOf(it.campaign)?.picture?.sha256).toBe('logo4');
    expect(mustNotsOf(it.campaign)).toEqual([{ words: 'rain' }]);
    it.refine();
    it.told({ type: 'generate' }, later);
    expect(it.campaign.takes[0]?.kit?.revision).toBe(4);
  });

  test('before stills are made is worded anew first as well, but never under a take that runs', () => {
    const it = worded();
    it.told({ type: 'make-stills' }, later);
    expect(it.campaign).toMatchObject({ boards: [], refining: { n: 2 }, kit: { revision: 4 } });
    const running = worded();
    running.told({ type: 'generate' });
    running.told({ type: 'make-stills' }, later);
    expect(running.campaign).toMatchObject({ boards: [{ n: 1 }], kit: { revision: 3 } });
  });

  test('where the words are the person’s own the order goes through at once', () => {
    const it = story({ brands: brands() });
    it.open('A calm film', { options: { brand: 'Aurora', verbatim: true } });
    it.told({ type: 'generate' }, later);
    expect(it.campaign.takes[0]?.kit?.revision).toBe(4);
  });

  test('and is gone stays as the campaign knew it', () => {
    const it = worded();
    it.told({ type: 'generate' }, { brands: brands(null, [plain]) });
    expect(it.campaign.takes[0]?.kit).toMatchObject({ name: 'Aurora', revision: 3 });
  });

  test('a logo that was taken out stays out', () => {
    const it = worded();
    it.told({ type: 'remove-reference', reference: logoOf(it.campaign)?.id ?? '' });
    it.refine();
    it.told({ type: 'generate' }, { brands: brands(null, [{ ...aurora, revision: 4 }]) });
    expect(logoOf(it.campaign)).toBeUndefined();
  });
});

test('a take that was ordered before there were kits had none', () => {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  const {
    type,
    kit: _,
    ...old
  } = it.events.find((e) => e.type === 'take.requested') as never as {
    type: string;
    kit: null;
  };
  expect(readEvent(type, eventVersion - 1, old)).toMatchObject({ type: 'take.requested', kit: null });
});
