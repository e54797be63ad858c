import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.ts';
import { cardsOf } from '../../src/campaign/cards.ts';
import type { Among, VideoOptions } from '../../src/campaign/intent.ts';
import { usualPolicy } from '../../src/campaign/policy.ts';
import type { Meaning } from '../../src/campaign/prompt.ts';
import { isRefusal } from '../../src/campaign/refusal.ts';
import type { Say } from '../../src/campaign/say.ts';
import { forgotten } from '../../src/campaign/words.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { say } from '../../src/chat/wording.ts';
import { catalogue, contextWith, model, picture, story } from './specification.ts';

const types = (events: readonly { type: string }[]) => events.map((e) => e.type);
const manager = { name: 'Lee', groups: [], manager: true };
const codeOf = (answer: object) => (isRefusal(answer) ? answer.refusal : 'accepted');

const opening = (more: object) => ({
  ...{ type: 'open' as const, words: 'Tea', options: {}, references: [], place: 'p' },
  ...more,
});

describe('opening', () => {
  test('words become a brief with sensible settings, and the prompt is worded next', () => {
    const it = story();
    expect(types(it.open())).toEqual(['campaign.opened', 'refinement.requested']);
    expect(it.campaign.settings).toEqual({
      model: 'best',
      named: false,
      seconds: 6,
      aspect: '16:9',
      verbatim: false,
      still: { model: null, quality: null, style: null, count: null },
    });
  });

  test('a platform sets shape and least length', () => {
    const it = story();
    it.open('Tea', { options: { platform: 'tiktok' } });
    expect(it.campaign.settings).toMatchObject({ aspect: '9:16', seconds: 9 });
  });

  test.each([
    ['only oneself', ['maya'], [], {}, 'approvers-too-few'],
    ['only oneself, where that is allowed', ['maya'], [], { selfApproval: true }, 'accepted'],
    ['fewer than are needed', ['lee'], [], { quorum: 2 }, 'approvers-too-few'],
    ['the same twice where two are needed', ['lee', 'lee'], [], { quorum: 2 }, 'approvers-too-few'],
    ['as many as are needed', ['lee', 'kim'], [], { quorum: 2 }, 'accepted'],
    ['a group, of which nobody here knows who is in it', ['maya'], ['legal'], { quorum: 2 }, 'accepted'],
    ['nobody', [], [], {}, 'accepted'],
  ] as const)('approvers: %s', (_, people, groups, policy, code) => {
    const it = story({ policy: { ...usualPolicy, ...policy } });
    const approvers = { people: [...people], groups: [...groups] };
    expect(codeOf(it.take(opening({ approvers })))).toBe(code);
    const isNamed = code === 'accepted' && people.length > 0;
    expect(it.campaign.approvers).toEqual(isNamed ? approvers : null);
  });

  test.each([
    ['', 'brief-empty'],
    ['   \u0000\u202e ', 'brief-empty'],
    ['🎉🎉', 'brief-wordless'],
    ['x'.repeat(50_000), 'brief-too-long'],
  ])('a brief without sense is refused with a sentence: %j', (words, code) => {
    const it = story();
    const answer = it.take({ type: 'open', words, options: {}, references: [], place: 'p' });
    expect(codeOf(answer)).toBe(code);
    expect(it.events).toEqual([]);
  });

  test.each([
    [{ model: 'nonsense' }, 'model-unknown'],
    [{ model: 'still' }, 'model-unknown'],
    [{ seconds: 1e9 }, 'seconds-impossible'],
    [{ seconds: 0 }, 'seconds-impossible'],
    [{ seconds: 601 }, 'seconds-impossible'],
    [{ model: 'best', seconds: 0.2 }, 'seconds-impossible'],
  ])('what no model can do is refused, with what is possible: %j', (options, code) => {
    const answer = story().take({ type: 'open', words: 'Tea', options, references: [], place: 'p' });
    expect(codeOf(answer)).toBe(code);
  });

  test('a retired model is replaced by its successor, and the thread says so', () => {
    const it = story();
    it.open('Tea', { options: { model: 'gone' } });
    expect(it.campaign.settings.model).toBe('best');
    expect(it.campaign.replies[0]?.say).toMatchObject({ about: 'substituted', asked: 'Gone', model: 'Best' });
  });

  test.each([
    [45, 30, 'Best', null],
    [2, 3, 'Best', null],
  ])(
    '%i s, which the model named does not make, becomes the nearest it does, and the thread says so',
    (asked, seconds, model, instead) => {
      const it = story();
      it.open('Tea', { options: { model: 'best', seconds: asked } });
      expect(it.campaign.settings).toMatchObject({ model: 'best', seconds });
      const say = { about: 'length-fitted', asked, seconds, model, instead };
      expect(it.campaign.replies.map((reply) => reply.say)).toEqual([say]);
      it.refine();
      it.told({ type: 'generate' });
      expect(it.campaign.takes[0]).toMatchObject({ seconds, held: { micros: seconds * 100_000 } });
      it.told({ type: 'cancel' });
    },
  );

  test('nobody named: who makes that length, or comes nearest to it; the thread names who makes all of it', () => {
    const long = model({ id: 'long', name: 'Long', quality: 'good', seconds: [20, 60] });
    const short = model({ id: 'short', name: 'Short', quality: 'good', seconds: [4, 8] });
    const opened = (options: VideoOptions) => {
      const it = story({ catalogue: [long, short] });
      it.open('Tea', { options });
      return { ...it.campaign.settings, said: it.campaign.replies.map((reply) => say(reply.say)) };
    };
    expect(opened({ seconds: 60 })).toMatchObject({ model: 'long', seconds: 60, said: [] });
    expect(opened({ seconds: 90 })).toMatchObject({ model: 'long', seconds: 60 });
    expect(opened({ seconds: 6, model: 'short' })).toMatchObject({ model: 'short', seconds: 4 });
    expect(opened({ seconds: 60, model: 'short' }).said).toEqual([
      'Short makes no clip of 60 seconds, so this one is planned with 8, the nearest it makes. Long can make 60.',
    ]);
    const it = story({ catalogue: [long, short] });
    it.open('Tea', { options: { model: 'short', seconds: 8 } });
    it.told({ type: 'set', options: { seconds: 60 } });
    expect(it.campaign.settings).toMatchObject({ model: 'short', seconds: 8 });
    it.told({ type: 'set', options: { model: 'long', seconds: 60 } });
    expect(it.campaign.settings).toMatchObject({ model: 'long', seconds: 60 });
    expect(it.campaign.replies).toHaveLength(1);
  });

  test('a length that nobody asked for is fitted without a word; what a platform needs is said', () => {
    const five = [model({ id: 'five', name: 'Five', seconds: [5, 8] })];
    const plain = story({ catalogue: five });
    plain.open('Tea', { options: { model: 'five' } });
    expect(plain.campaign).toMatchObject({ settings: { seconds: 5 }, replies: [] });
    const tiktok = story({ catalogue: five });
    tiktok.open('Tea', { options: { model: 'five', platform: 'tiktok' } });
    expect(tiktok.campaign.replies).toMatchObject([
      { say: { about: 'length-fitted', asked: 9, seconds: 8 } },
    ]);
  });

  test('"use my words" wants no refinement', () => {
    const it = story();
    it.open('Exactly this', { options: { verbatim: true } });
    expect(it.campaign.revisions).toMatchObject([{ still: { words: 'Exactly this' }, by: 'person' }]);
    expect(it.campaign.refining).toBeNull();
  });

  test('at most two questions, only for what the template cannot do without', () => {
    const it = story();
    it.open('Something', { options: { template: 'product-showcase' } });
    expect(it.campaign.asked).toEqual([]);
    it.told({ type: 'prompt.unrefined', n: 1, reason: 'outage' });
    expect(it.campaign.asked).toEqual(['product', 'description']);
    const plain = story();
    plain.open('Something');
    plain.refine();
    expect(plain.campaign.asked).toEqual([]);
  });

  test('the prompt waits for the pictures of the brief', () => {
    const it = story();
    const source = { kind: 'attachment' as const, attachment: '/logo.png' };
    it.open('Tea', { references: [{ name: 'logo.png', purpose: null, source }] });
    expect(it.campaign.refining).toBeNull();
    const [reference] = it.campaign.references;
    const fetched = it.told({
      type: 'reference.fetched',
      reference: reference?.id ?? '',
      picture: picture('logo'),
      notes: [],
      palette: ['#112233'],
    });
    expect(types(fetched)).toEqual(['reference.taken', 'refinement.requested']);
  });
});

test.each([
  ['nobody said so', { name: 'cup.jpg', purpose: null }, ['photo'], 'product'],
  ['it is no photo', { name: 'cup.jpg', purpose: null }, [], 'logo'],
  ['its name says so', { name: 'our logo.jpg', purpose: null }, ['photo'], 'logo'],
  ['whoever brought it says so', { name: 'cup.jpg', purpose: 'logo' }, ['photo'], 'logo'],
] as const)('a first picture is the logo or a photo of the product: %s', (_, named, notes, purpose) => {
  const it = story();
  it.open('Tea', { references: [{ ...named, source: { kind: 'attachment', attachment: 'a' } }] });
  const reference = it.campaign.references[0]?.id ?? '';
  const taken = { reference, picture: picture('cup'), notes: [...notes], palette: [] };
  it.told({ type: 'reference.fetched', ...taken });
  expect(it.campaign.references[0]?.purpose).toBe(purpose);
});

test.each([
  ['first', ['cup', 'mark']],
  ['last', ['mark', 'cup']],
] as const)('of a photo and a drawing the drawing is the logo, whichever comes in %s', (_, order) => {
  const it = story();
  const brought = (name: string) =>
    ({ name: `${name}.png`, purpose: null, source: { kind: 'attachment', attachment: name } }) as const;
  it.open('Tea', { references: [brought('cup'), brought('mark')] });
  for (const name of order) {
    const reference = it.campaign.references.find((r) => r.name.startsWith(name))?.id ?? '';
    const notes = name === 'cup' ? ['photo'] : [];
    it.told({ type: 'reference.fetched', reference, picture: picture(name), notes, palette: [] });
  }
  expect(it.campaign.references.map(({ name, purpose }) => [name, purpose])).toEqual([
    ['cup.png', 'product'],
    ['mark.png', 'logo'],
  ]);
});

test.each(['fetched', 'refused'] as const)(
  'a picture that is %s after a cancel has nothing worded or named',
  (end) => {
    const it = story();
    it.open('Tea', {
      references: [{ name: 'cup.jpg', purpose: null, source: { kind: 'attachment', attachment: 'a' } }],
    });
    const reference = it.campaign.references[0]?.id ?? '';
    it.told({ type: 'cancel' });
    const taken = { reference, picture: picture('cup'), notes: ['photo'], palette: [] };
    const events =
      end === 'fetched'
        ? it.told({ type: 'reference.fetched', ...taken })
        : it.told({ type: 'reference.refused', reference, code: 'link-missing' });
    expect(types(events)).toEqual([end === 'fetched' ? 'reference.taken' : 'reference.refused']);
  },
);

test('a photo that somebody named the logo stays one', () => {
  const it = story();
  const source = { kind: 'attachment', attachment: 'a' } as const;
  it.open('Tea', { references: [{ name: 'cup.jpg', purpose: null, source }] });
  const reference = it.campaign.references[0]?.id ?? '';
  it.told({ type: 'set-purpose', reference, purpose: 'logo' });
  it.told({ type: 'reference.fetched', reference, picture: picture('cup'), notes: ['photo'], palette: [] });
  expect(it.campaign.references[0]?.purpose).toBe('logo');
});

describe('the conversation', () => {
  test('a message is heard once and its meanings are applied in order', () => {
    const it = story();
    it.open();
    it.refine();
    it.told({ type: 'say', words: 'darker, and must show the cup', references: [] });
    const message = it.campaign.heard[0]?.message ?? '';
    const meanings = [
      { kind: 'must' as const, text: 'the cup' },
      { kind: 'refine' as const, note: 'darker' },
    ];
    it.told({ type: 'message.understood', message, reading: { meanings } });
    expect(it.campaign.brief.musts).toEqual([{ words: 'the cup' }]);
    expect(it.campaign.notes).toEqual([{ words: 'darker' }]);
    expect(it.campaign.heard).toEqual([]);
    expect(it.told({ type: 'message.understood', message, reading: { meanings } })).toEqual([]);
  });

  describe('said where several videos go on', () => {
    const aurora = { words: 'Aurora', place: 'x:d/1' };
    const nova = { words: 'Nova', place: null };
    const understood = (among: Among, meaning: Meaning) => {
      const it = story();
      it.open();
      it.refine();
      it.told({ type: 'say', words: 'words', references: [], among });
      const message = it.campaign.heard[0]?.message ?? '';
      return it.told({ type: 'message.understood', message, reading: { meanings: [meaning] } });
    };

    test.each<Meaning>([
      { kind: 'go' },
      { kind: 'stills' },
      { kind: 'pick', still: 1 },
      { kind: 'cancel' },
      { kind: 'verdict' },
    ])('$kind is asked about, and nothing is done', (meaning) => {
      const among = [aurora, nova];
      expect(understood(among, meaning)).toMatchObject([
        { type: 'message.read' },
        { type: 'reply.given', say: { about: 'which-video', among } },
      ]);
      const asked = understood([aurora], meaning).filter(({ type }) => type === 'reply.given');
      expect(JSON.stringify(asked)).not.toMatch(/which-video/);
    });

    test.each<Meaning>([
      { kind: 'refine', note: 'darker' },
      { kind: 'must', text: 'the cup' },
      { kind: 'verbatim' },
      { kind: 'price' },
      { kind: 'unclear' },
    ])('$kind counts as where one does', (meaning) => {
      const several = types(understood([aurora, nova], meaning));
      expect(several).toEqual(types(understood([aurora], meaning)));
      expect(several.length).toBeGreaterThan(1);
    });
  });

  test('options in a message change the settings without asking a model', () => {
    const it = story();
    it.open();
    it.refine();
    it.told({ type: 'say', words: '9:16 8s', references: [] });
    expect(it.campaign.settings).toMatchObject({ aspect: '9:16', seconds: 8 });
    expect(it.campaign.heard).toEqual([]);
  });

  test('cancelled within a message: what follows in it buys nothing', () => {
    const it = story();
    it.open();
    it.refine();
    it.told({ type: 'say', words: 'cancel, no, go', references: [] });
    const message = it.campaign.heard[0]?.message ?? '';
    const meanings = [{ kind: 'cancel' as const }, { kind: 'go' as const }];
    const events = it.told({ type: 'message.understood', message, reading: { meanings } });
    expect(types(events)).toEqual(['message.read', 'campaign.cancelled', 'reply.given']);
    expect(it.campaign.replies.at(-1)?.say).toEqual({ about: 'cancelled', person: 'maya', take: null });
  });

  test("a person's own words stay as they are when the brief grows", () => {
    const it = story();
    it.open();
    it.refine();
    it.told({ type: 'edit-prompt', words: 'Exactly so' });
    it.told({ type: 'say', words: 'must show the cup', references: [] });
    const message = it.campaign.heard[0]?.message ?? '';
    const meanings = [{ kind: 'must' as const, text: 'the cup' }];
    it.told({ type: 'message.understood', message, reading: { meanings } });
    expect(it.campaign.refining).toBeNull();
    expect(it.campaign.revisions.at(-1)?.motion.words).toBe('Exactly so');
  });

  test('when refinement fails the words of the person do, with the new wish', () => {
    const it = story();
    it.open();
    it.told({ type: 'prompt.unrefined', n: 1, reason: 'outage' });
    expect(it.campaign.revisions).toMatchObject([
      { motion: { words: 'A calm film for Aurora tea' }, by: 'person' },
    ]);
  });
});

describe('a language model that was taken in', () => {
  test('changes the words and nothing else: no model, length, shape, number, price or place', () => {
    const it = story();
    it.open('Tea', { options: { model: 'second', seconds: 5, aspect: '1:1' } });
    const { settings, place, brief } = it.campaign;
    const more = {
      model: 'best',
      seconds: 30,
      aspect: '16:9',
      count: 50,
      price: 0,
      place: 'evil',
      named: false,
    };
    const refinement = { still: 's', motion: 'm', rationale: 'r', product: null, tagline: null, ...more };
    it.told({ type: 'prompt.refined', n: 1, refinement });
    expect(it.campaign).toMatchObject({ settings, place, brief });
    expect(JSON.stringify(it.events.at(-1))).not.toContain('evil');
    it.told({ type: 'generate' });
    expect(it.campaign.takes).toMatchObject([{ model: 'second', seconds: 5, held: { micros: 100_000 } }]);
  });

  test('or that is away: the conditions hold all the same, each said once', () => {
    const it = story();
    it.open('Tea in the cup');
    it.refine();
    it.told({ type: 'say', words: 'must show the steam, no people', references: [] });
    const message = it.campaign.heard[0]?.message ?? '';
    const meanings = [
      { kind: 'must' as const, text: 'the steam' },
      { kind: 'must-not' as const, text: 'people' },
    ];
    it.told({ type: 'message.understood', message, reading: { meanings } });
    const away = () =>
      it.told({ type: 'prompt.unrefined', n: it.campaign.refining?.n ?? 0, reason: 'outage' as const });
    away();
    expect(it.campaign.revisions.at(-1)?.motion.words).toBe('motion. the steam. ✕ people');
    it.told({ type: 'set', options: { note: 'darker' } });
    away();
    expect(it.campaign.revisions.at(-1)?.motion.words).toBe('motion. the steam. ✕ people. darker');
  });
});

describe('takes', () => {
  const ready = () => {
    const it = story();
    it.open();
    it.refine();
    return it;
  };

  test('a take is reserved on every account it must respect', () => {
    const it = ready();
    it.told({ type: 'generate' });
    expect(it.campaign.takes[0]?.held).toMatchObject({
      micros: 600_000,
      accounts: [{ id: 'campaign:c' }, { id: 'person:w:maya:1970-01-01' }, { id: 'workspace:w:1970-01' }],
    });
  });

  test('the day of a purchase is the day where the workspace lives', () => {
    const { policy } = contextWith();
    const now = Date.UTC(2026, 10, 20, 23, 30);
    const it = story({ now, policy: { ...policy, timeZone: 'Asia/Tokyo' } });
    it.open();
    it.refine();
    it.told({ type: 'generate' });
    expect(it.campaign.takes[0]?.accounts).toContain('person:w:maya:2026-11-21');
  });

  test('one take at a time', () => {
    const it = ready();
    it.told({ type: 'generate' });
    expect(codeOf(it.take({ type: 'generate' }))).toBe('take-running');
  });

  test('a cap is a visible refusal, and nothing is bought', () => {
    const it = ready();
    const short = { account: 'person:w:maya:1970-01-01', left: 100_000 };
    const answer = it.take({ type: 'generate' }, { short });
    expect(answer).toMatchObject({ refusal: 'cap-account' });
    expect(isRefusal(answer) && answer.sentence).toContain("$0.10 is left in the person's daily budget");
    expect(it.campaign.takes).toEqual([]);
  });

  test('an outage goes on with the next model that fits, under a new name and a new reservation', () => {
    const it = ready();
    it.told({ type: 'generate' });
    const tag = 'c.take1.0.1';
    expect(types(it.told({ type: 'take.refused', take: 1, tag, reason: 'outage' }))).toEqual([
      'take.rerouted',
    ]);
    expect(it.campaign.takes[0]).toMatchObject({
      model: 'second',
      state: 'requested',
      held: { micros: 120_000 },
    });
    const late = it.told({ type: 'take.created', take: 1, tag, prediction: 'late' });
    expect(types(late)).toEqual(['take.strayed']);
  });

  test('moderation never goes on to another model', () => {
    const it = ready();
    it.told({ type: 'generate' });
    const reason = 'moderation-input';
    expect(types(it.told({ type: 'take.refused', take: 1, tag: 'c.take1.0.1', reason }))).toEqual([
      'take.failed',
    ]);
    expect(it.campaign.phase).toBe('briefing');
  });

  test('what was made and paid for, and whose file is gone, is not bought again unasked', () => {
    const it = ready();
    it.told({ type: 'generate' });
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'p' });
    const expired = {
      type: 'take.failed',
      take: 1,
      prediction: 'p',
      reason: 'expired',
      cost: 70_000,
    } as const;
    expect(types(it.told(expired))).toEqual(['take.failed']);
    expect(it.campaign.takes[0]).toMatchObject({ reason: 'expired', billed: 70_000, held: null });
  });

  test('proven absence leads to one more attempt with a name of its own', () => {
    const it = ready();
    it.told({ type: 'generate' });
    expect(types(it.told({ type: 'take.absent', take: 1, tag: 'c.take1.0.1' }))).toEqual(['take.attempted']);
    expect(it.told({ type: 'take.absent', take: 1, tag: 'c.take1.0.1' })).toEqual([]);
  });

  test('a purchase nobody can confirm is a question to people, and still ends', () => {
    const it = ready();
    it.told({ type: 'generate' });
    const effect = { type: 'buy-take' as const, take: 1, tag: 'c.take1.0.1', look: false };
    it.told({ type: 'gave-up', effect, sent: true });
    expect(it.campaign.takes[0]?.state).toBe('unconfirmed');
    it.told({ type: 'time.passed', key: 'unconfirmed:1' });
    expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', reason: 'lost', held: null });
    const found = it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'p' });
    expect(types(found)).toEqual(['take.strayed']);
    const billed = it.told({ type: 'take.canceled', take: 1, prediction: 'p', cost: 50_000 });
    expect(types(billed)).toEqual(['bill.late']);
    expect(it.told({ type: 'take.canceled', take: 1, prediction: 'p', cost: 50_000 })).toEqual([]);
    expect(it.campaign.takes[0]?.billed).toBe(50_000);
  });

  test('a purchase that was never sent is not a riddle: the next model is asked', () => {
    const it = ready();
    it.told({ type: 'generate' });
    const effect = { type: 'buy-take' as const, take: 1, tag: 'c.take1.0.1', look: false };
    expect(types(it.told({ type: 'gave-up', effect, sent: false }))).toEqual(['take.rerouted']);
  });

  test('looking again never buys: it ends in the same question', () => {
    const it = ready();
    it.told({ type: 'generate' });
    const effect = { type: 'buy-take' as const, take: 1, tag: 'c.take1.0.1', look: true };
    it.told({ type: 'take.ambiguous', take: 1, tag: effect.tag });
    it.told({ type: 'resolve-take', take: 1, answer: 'check' });
    expect(types(it.told({ type: 'gave-up', effect, sent: false }))).toEqual(['take.unconfirmed']);
  });

  test('a purchase by an attempt that was given up is called back and booked, not forgotten', () => {
    const it = ready();
    it.told({ type: 'generate' });
    it.told({ type: 'take.absent', take: 1, tag: 'c.take1.0.1' });
    const found = it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'old' });
    expect(types(found)).toEqual(['take.strayed']);
    expect(it.campaign.takes[0]).toMatchObject({ state: 'requested', prediction: null });
  });

  test('a billed ending is booked once, however often it is reported', () => {
    const it = ready();
    it.told({ type: 'generate' });
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'p' });
    const ending = {
      type: 'take.failed',
      take: 1,
      prediction: 'p',
      reason: 'moderation-output',
      cost: 600_000,
    } as const;
    it.told(ending);
    expect(it.told(ending)).toEqual([]);
    expect(it.campaign.takes[0]?.billed).toBe(600_000);
  });

  test('the end of a stray says nothing about the take', () => {
    const it = ready();
    it.told({ type: 'generate' });
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'ours' });
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'other' });
    const effect = { type: 'watch-take' as const, take: 1, prediction: 'other' };
    expect(it.told({ type: 'gave-up', effect, sent: true })).toEqual([]);
  });

  test('a fallback that the budget does not allow makes room for a cheaper one', () => {
    const it = ready();
    it.told({ type: 'generate' });
    const refused = { type: 'take.refused', take: 1, tag: 'c.take1.0.1', reason: 'outage' } as const;
    const short = { account: 'campaign:c', left: 100_000 };
    const events = it.told(refused, { short });
    expect(types(events)).toEqual(['take.failed']);
  });

  test('a film that could not be shown is said so, once, and nothing else that could not be', () => {
    const it = ready();
    it.told({ type: 'generate' });
    it.finish();
    const giveUp = (key: string) =>
      it.told({
        type: 'gave-up',
        effect: { type: 'sync-card', place: 'terminal:general', key },
        sent: true,
        code: 'film-too-large',
      });
    expect(giveUp('review:1a')).toEqual([]);
    expect(giveUp('cut:9a')).toEqual([]);
    const say = { about: 'film-unshown', cut: '1a', code: 'film-too-large' };
    expect(giveUp('cut:1a')).toEqual([{ type: 'reply.given', n: expect.any(Number), say }]);
    expect(giveUp('cut:1a')).toEqual([]);
    const { n } = it.campaign.replies.at(-1) ?? { n: 0 };
    const buttons = () =>
      composeCard(`reply:${n}`, { campaign: it.campaign, live: [] }, { catalogue })?.buttons;
    expect(buttons()).toMatchObject([{ does: { type: 'show-film', cut: '1a' } }]);
    const [wanted] = it.told({ type: 'show-film', cut: '1a' });
    expect(wanted && cardsOf(it.campaign, wanted)).toEqual([`reply:${n}`, 'cut:1a']);
    expect(buttons()).toEqual([]);
    expect(it.told({ type: 'show-film', cut: '1a' })).toEqual([]);
    expect(codeOf(it.take({ type: 'show-film', cut: '9a' }))).toBe('film-unknown');
    expect(giveUp('cut:1a')).toMatchObject([{ type: 'reply.given', n: n + 1, say }]);
  });

  test('a still of another shape is not taken', () => {
    const it = ready();
    it.told({ type: 'make-stills' });
    const bill = { board: 1, still: 1, picture: picture('s'), cost: 10_000 };
    it.told({ type: 'still.made', ...bill });
    it.told({ type: 'set', options: { aspect: '9:16' } });
    expect(codeOf(it.take({ type: 'pick-still', still: 1 }))).toBe('still-other-shape');
  });

  test('a still of which nobody knows the end is booked as possibly paid', () => {
    const it = ready();
    it.told({ type: 'make-stills' });
    it.told({ type: 'gave-up', effect: { type: 'make-still', board: 1, still: 1 }, sent: true });
    it.told({ type: 'gave-up', effect: { type: 'make-still', board: 1, still: 2 }, sent: false });
    expect(it.campaign.boards[0]?.stills.map((s) => s.billed)).toEqual([10_000, 0, 0]);
  });

  test('a second purchase found beside ours is called back and booked', () => {
    const it = ready();
    it.told({ type: 'generate' });
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'ours' });
    const twice = it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'other' });
    expect(types(twice)).toEqual(['take.strayed']);
    expect(types(it.told({ type: 'take.canceled', take: 1, prediction: 'other', cost: 7 }))).toEqual([
      'bill.late',
    ]);
    expect(it.campaign.takes[0]).toMatchObject({ state: 'created', prediction: 'ours' });
  });

  test('a garbage file is fetched once more and never bought again', () => {
    const it = ready();
    it.told({ type: 'generate' });
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'p' });
    it.told({ type: 'take.succeeded', take: 1, prediction: 'p', output: 'o', cost: 600_000 });
    expect(types(it.told({ type: 'take.garbage', take: 1 }))).toEqual(['take.redownloaded']);
    expect(types(it.told({ type: 'take.garbage', take: 1 }))).toEqual(['take.failed']);
    expect(it.campaign.takes[0]).toMatchObject({ billed: 600_000, reason: 'garbage' });
  });

  test('cancelled while running: the provider is asked back and its bill is booked', () => {
    const it = ready();
    it.told({ type: 'generate' });
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'p' });
    it.told({ type: 'cancel' });
    expect(codeOf(it.take({ type: 'generate' }))).toBe('campaign-over');
    it.told({ type: 'take.canceled', take: 1, prediction: 'p', cost: 100_000 });
    expect(it.campaign.takes[0]).toMatchObject({ state: 'canceled', billed: 100_000, held: null });
    expect(it.campaign.replies.map((reply) => say(reply.say))).toEqual([
      'Cancelled: take 1 is called back, and nothing more is bought for this video. What is finished stays.',
    ]);
  });

  test.each(['approve', 'reject'] as const)(
    'decided on (%s), it stands, whoever wants it cancelled',
    (verdict) => {
      const it = ready();
      it.told({ type: 'generate' });
      it.finish();
      it.told({ type: 'vote', verdict, cut: '1a', words: 'because' }, { person: 'lee' });
      const vote = it.campaign.review?.votes[0]?.id ?? '';
      it.told({ type: 'approver.checked', vote, who: { name: 'Lee', groups: [], manager: true } });
      const before = it.campaign.phase;
      expect(codeOf(it.take({ type: 'cancel' }))).toBe('cancel-decided');
      it.told({ type: 'say', words: 'cancel', references: [] }, { person: 'kim' });
      const message = it.campaign.heard[0]?.message ?? '';
      it.told({ type: 'message.understood', message, reading: { meanings: [{ kind: 'cancel' }] } });
      expect(it.campaign.phase).toBe(before);
      expect(say(it.campaign.replies.at(-1)?.say as Say)).toContain(`${before} already. The decision stands`);
      // Another take is another matter.
      it.told({ type: 'generate' });
      it.told({ type: 'cancel' });
      expect(it.campaign.phase).toBe('cancelled');
    },
  );

  test('a picture that arrives after the end is worded into nothing', () => {
    const it = story();
    const source = { kind: 'attachment' as const, attachment: 'a' };
    it.open('Tea', { references: ['a.png', 'b.png'].map((name) => ({ name, purpose: 'style', source })) });
    const [first, second] = it.campaign.references.map(({ id }) => id);
    it.told({ type: 'cancel' });
    const taken = { notes: [], palette: [], picture: picture('mood') };
    expect(types(it.told({ type: 'reference.fetched', reference: first ?? '', ...taken }))).toEqual([
      'reference.taken',
    ]);
    expect(types(it.told({ type: 'reference.refused', reference: second ?? '', code: 'image-pdf' }))).toEqual(
      ['reference.refused'],
    );
  });
});

test('a picture that is taken out is worded out of the prompt', () => {
  const it = story();
  const source = { kind: 'attachment' as const, attachment: 'a' };
  it.open('Tea', { references: [{ name: 'mood.png', purpose: 'style', source }] });
  const reference = it.campaign.references[0]?.id ?? '';
  it.told({ type: 'reference.fetched', reference, picture: picture('mood'), notes: [], palette: [] });
  it.refine();
  expect(types(it.told({ type: 'remove-reference', reference }))).toEqual([
    'reference.removed',
    'refinement.requested',
  ]);
});

test('nothing is bought with words that were forgotten', () => {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'edit-prompt', words: forgotten });
  expect(codeOf(it.take({ type: 'generate' }))).toBe('words-forgotten');
  expect(codeOf(it.take({ type: 'make-stills' }))).toBe('words-forgotten');
  it.told({ type: 'edit-prompt', words: 'A red cup' });
  expect(codeOf(it.take({ type: 'generate' }))).toBe('accepted');
});

describe('review', () => {
  const reviewed = () => {
    const it = story();
    it.open();
    it.refine();
    it.told({ type: 'generate' });
    it.finish();
    return it;
  };
  const cast = (
    it: ReturnType<typeof story>,
    verdict: 'approve' | 'request-changes' | 'reject',
    words = '',
  ) => {
    it.told({ type: 'vote', verdict, cut: '1a', words }, { person: 'lee' });
    return it.campaign.review?.votes.at(-1)?.id ?? '';
  };

  test('an approval binds to the file', () => {
    const it = reviewed();
    const vote = cast(it, 'approve');
    it.told({ type: 'approver.checked', vote, who: manager });
    expect(it.events.at(-1)).toMatchObject({
      type: 'verdict.given',
      sha256: 'cut1',
      person: 'lee',
      cut: '1a',
    });
    expect(it.campaign.phase).toBe('approved');
  });

  test('nobody approves what they asked for, unless the policy lets them', () => {
    const it = reviewed();
    it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' });
    const vote = it.campaign.review?.votes[0]?.id ?? '';
    it.told({ type: 'approver.checked', vote, who: manager });
    expect(it.campaign.review?.votes[0]?.state).toBe('refused');
    expect(it.campaign.phase).toBe('review');
  });

  test('approvers named with the brief decide, and nobody else', () => {
    const it = story();
    it.open('Tea', { approvers: { people: ['lee', 'lee'], groups: ['legal'] } });
    it.refine();
    it.told({ type: 'generate' });
    it.finish();
    expect(it.campaign.review?.policy.approvers).toEqual({ people: ['lee'], groups: ['legal'] });
    it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'kim' });
    const other = it.campaign.review?.votes[0]?.id ?? '';
    it.told({ type: 'approver.checked', vote: other, who: { ...manager, name: 'Kim' } });
    expect(it.campaign.review?.votes[0]?.state).toBe('refused');
    it.told({
      type: 'approver.checked',
      vote: cast(it, 'approve'),
      who: { ...manager, manager: false },
    });
    expect(it.campaign.phase).toBe('approved');
  });

  test('whoever is no approver is answered and not counted', () => {
    const it = reviewed();
    const vote = cast(it, 'approve');
    it.told({ type: 'approver.checked', vote, who: { ...manager, manager: false } });
    expect(it.campaign.replies.at(-1)?.say).toEqual({
      about: 'vote-refused',
      name: 'Lee',
      code: 'vote-not-allowed',
    });
  });

  test.each([
    ['no approver', 'lee', {}, /^Lee approves \(not counted: not an approver here\)$/],
    [
      'in a group nobody can tell of',
      'lee',
      { unread: ['legal'] },
      /^Lee .*not counted: nobody can tell here/,
    ],
    ['who asked for it', 'maya', {}, /^Lee .*not counted: asked for this clip/],
  ])('the card says why a vote is not counted: %s', (_, person, more, says) => {
    const it = story();
    it.open('Tea', { approvers: { people: ['kim'], groups: ['legal'] } });
    it.refine();
    it.told({ type: 'generate' });
    it.finish();
    it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person });
    const vote = it.campaign.review?.votes[0]?.id ?? '';
    it.told({ type: 'approver.checked', vote, who: { ...manager, ...more } });
    const textOf = (campaign: Campaign) =>
      composeCard('review:1a', { campaign, live: [] }, { catalogue })?.text ?? [];
    expect(textOf(it.campaign)).toEqual([expect.stringMatching(says)]);
    const { review } = it.campaign;
    const votes = (review?.votes ?? []).map(({ code: _, ...old }) => old);
    expect(textOf({ ...it.campaign, review: review && { ...review, votes } })).toEqual([
      'Lee approves (not counted)',
    ]);
  });

  test('a vote of somebody who could not be looked up is not counted, and may be given once more', () => {
    const it = reviewed();
    const vote = cast(it, 'approve');
    const text = () => composeCard('review:1a', { campaign: it.campaign, live: [] }, { catalogue })?.text;
    expect(text()).toEqual(['Somebody approves (checking)']);
    it.told({ type: 'gave-up', effect: { type: 'check-approver', vote }, sent: true });
    expect(text()).toEqual([expect.stringMatching(/^Somebody approves \(not counted: .* in time/)]);
    const given = it.campaign.replies.at(-1);
    expect(given && say(given.say)).toMatch(/^It could not be looked up .* once more\.$/);
    it.told({ type: 'approver.checked', vote: cast(it, 'approve'), who: manager });
    expect(it.campaign.phase).toBe('approved');
  });

  test('two approvers at once: the first counts, the second is late', () => {
    const it = reviewed();
    const first = cast(it, 'approve');
    it.told({ type: 'vote', verdict: 'reject', cut: '1a', words: 'no' }, { person: 'kim' });
    const second = it.campaign.review?.votes.at(-1)?.id ?? '';
    it.told({ type: 'approver.checked', vote: first, who: manager });
    it.told({ type: 'approver.checked', vote: second, who: manager });
    expect(it.events.filter((e) => e.type === 'verdict.given')).toHaveLength(1);
    expect(it.campaign.review?.votes.map((v) => v.state)).toEqual(['counted', 'late']);
  });

  test('a quorum counts people, not clicks', () => {
    const { policy } = contextWith();
    const it = story({ policy: { ...policy, quorum: 2 } });
    it.open();
    it.refine();
    it.told({ type: 'generate' });
    it.finish();
    const first = cast(it, 'approve');
    it.told({ type: 'approver.checked', vote: first, who: manager });
    expect(it.campaign.phase).toBe('review');
    expect(it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'lee' })).toEqual(
      [],
    );
    it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'kim' });
    const second = it.campaign.review?.votes.at(-1)?.id ?? '';
    it.told({ type: 'approver.checked', vote: second, who: manager });
    expect(it.campaign.phase).toBe('approved');
  });

  test('changes and rejections need a sentence', () => {
    const it = reviewed();
    const answer = it.take(
      { type: 'vote', verdict: 'request-changes', cut: '1a', words: '  ' },
      { person: 'lee' },
    );
    expect(codeOf(answer)).toBe('verdict-needs-words');
  });

  test('requested changes word the prompt anew, and the next take follows by itself', () => {
    const it = reviewed();
    const vote = cast(it, 'request-changes', 'darker, slower');
    it.told({ type: 'approver.checked', vote, who: manager });
    expect(it.campaign.refining?.words).toBe('darker, slower');
    expect(types(it.refine())).toEqual(['prompt.revised', 'review.voided', 'take.requested']);
    expect(it.campaign.takes[1]).toMatchObject({ n: 2, revision: 2 });
  });

  test('above the automatic limit the next take waits for a person', () => {
    const { policy } = contextWith();
    const it = story({ policy: { ...policy, autoLimit: 1 } });
    it.open();
    it.refine();
    it.told({ type: 'generate' });
    it.finish();
    const vote = cast(it, 'request-changes', 'darker');
    it.told({ type: 'approver.checked', vote, who: manager });
    expect(types(it.refine())).toEqual(['prompt.revised', 'reply.given']);
    expect(it.campaign.replies.at(-1)?.say).toMatchObject({ about: 'over-limit', micros: 600_000 });
  });

  test('above the limit a cheaper model is not chosen in silence: who presses Generate gets the one that was shown', () => {
    const { policy } = contextWith();
    // Second would cost $0.12, well below the limit.
    const it = story({ policy: { ...policy, autoLimit: 200_000 } });
    it.open('Tea', { options: { model: 'best' } });
    it.refine();
    it.told({ type: 'generate' });
    it.finish();
    it.told({ type: 'approver.checked', vote: cast(it, 'request-changes', 'darker'), who: manager });
    it.refine();
    expect(it.campaign.takes).toHaveLength(1);
    expect(it.campaign.settings.model).toBe('best');
    expect(it.campaign.replies.at(-1)?.say).toEqual({ about: 'over-limit', micros: 600_000, limit: 200_000 });
    expect(it.campaign.review?.cut).toBe('1a');
    it.told({ type: 'generate' }, { person: 'lee' });
    expect(it.campaign.takes[1]).toMatchObject({ model: 'best', held: { micros: 600_000 } });
    expect(it.campaign.takes[1]?.accounts).toContain('person:w:lee:1970-01-01');
  });

  test('a change that the person words alone is followed by its take as well', () => {
    const it = reviewed();
    it.told({ type: 'approver.checked', vote: cast(it, 'request-changes', 'darker'), who: manager });
    const edited = it.told({ type: 'edit-prompt', words: 'A dark film' });
    expect(types(edited)).toEqual(['prompt.revised', 'review.voided', 'take.requested']);
  });

  test('a newer take that comes to nothing gives the older cut back for review', () => {
    const it = reviewed();
    const waiting = cast(it, 'approve');
    it.told({ type: 'generate' });
    expect(it.told({ type: 'approver.checked', vote: waiting, who: manager })).toEqual([]);
    expect(it.campaign.reviewed[0]?.votes[0]?.state).toBe('late');
    it.told({ type: 'take.refused', take: 2, tag: 'c.take2.0.1', reason: 'moderation-input' });
    expect(it.campaign.review).toMatchObject({ cut: '1a', verdict: null });
    it.told({ type: 'approver.checked', vote: cast(it, 'approve'), who: manager });
    expect(it.campaign.phase).toBe('approved');
  });

  test('a new take voids an approval, and the old card decides nothing any more', () => {
    const it = reviewed();
    it.told({ type: 'approver.checked', vote: cast(it, 'approve'), who: manager });
    it.told({ type: 'generate' });
    expect(it.campaign.review).toBeNull();
    expect(it.campaign.reviewed).toHaveLength(1);
    it.finish();
    const answer = it.take({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'lee' });
    expect(codeOf(answer)).toBe('review-other-cut');
  });
});
