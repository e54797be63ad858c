import { type GatewayDispatchPayload, MessageFlags } from '@discordjs/core';
import { DiscordAPIError } from '@discordjs/rest';
import { describe, expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { answering } from '../../../src/chat/discord/answer.ts';
import { apologize } from '../../../src/chat/discord/apology.ts';
import type { Desk } from '../../../src/chat/discord/desk.ts';

const thinking = { id: 'answer', flags: MessageFlags.Ephemeral | MessageFlags.Loading };
const said = { id: 'answer', flags: MessageFlags.Ephemeral };
const onCard = { id: 'card', flags: 0 };

interface Given {
  quietly?: boolean;
  /** What Discord refuses, by its code. */
  refuses?: Record<string, number>;
  /** What can be changed as the first answer. */
  original?: { id: string; flags: number };
}

/** A desk, and what Discord hears from there, in order. */
function listening({ refuses = {}, original = thinking }: Given) {
  const heard: string[] = [];
  const noted = (name: string) => async () => {
    heard.push(name);
    const code = refuses[name];
    if (code) throw new DiscordAPIError({ code, message: '' }, code, 400, 'POST', '', {});
  };
  const interactions = {
    reply: noted('reply'),
    defer: noted('defer'),
    deferMessageUpdate: noted('update'),
    editReply: noted('edit'),
    createModal: noted('form'),
    deleteReply: noted('delete'),
    async getOriginalReply() {
      await noted('look')();
      return original;
    },
  };
  const desk = {
    api: { interactions },
    buttons: { keepAll: async () => {} },
    tell: noted('aloud'),
  } as unknown as Desk;
  return { heard, desk };
}

const asked = {
  ...{ id: '1', token: 't', application_id: '2', guild_id: '3' },
  ...{ channel: { id: '4' }, member: { user: { id: '5' } }, message: { id: 'card' } },
} as Parameters<typeof answering>[0];

/** What Discord hears, in order, while `work` is done. */
async function heardWhile(
  work: () => Promise<Awaited<ReturnType<Parameters<typeof answering>[2]>>>,
  { quietly = true, ...given }: Given = {},
) {
  const { heard, desk } = listening(given);
  const done = answering(
    asked,
    desk,
    async () => {
      const answer = await work();
      heard.push('committed');
      return answer;
    },
    quietly,
  );
  const failed = await done.then(
    () => [],
    (error: Error) => [error.message],
  );
  return [...heard, ...failed];
}

const answer = { cards: [card({ title: 'No.' })], campaign: null };
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test.each([
  ['with an answer', answer, ['committed', 'reply']],
  ['without one', null, ['committed', 'update']],
])('Discord hears that it is done after the commit, %s', async (_, told, wanted) => {
  expect(await heardWhile(() => pause(30).then(() => told))).toEqual(wanted);
});

const late = <T>(told: T) => pause(2_200).then(() => told);
const form = { form: {} as never, keep: async () => {} };
const loud = { ...answer, aloud: card({ title: 'No.' }) };

describe.concurrent('what takes long', () => {
  test.each([
    ['a command', false, answer, ['defer', 'committed', 'edit']],
    ['a press', true, answer, ['defer', 'committed', 'look', 'edit']],
    ['a press that its card answers', true, null, ['defer', 'committed', 'look', 'delete']],
    ['a form, which can only be asked for once more', true, form, ['defer', 'committed', 'look', 'edit']],
  ])('is thought about first, and answered then: %s', async (_, quietly, told, wanted) => {
    expect(await heardWhile(() => late(told), { quietly })).toEqual(wanted);
  });
});

test('what fails is not said to be done, but Discord hears in time that it is thought about', async () => {
  const fails = () => Promise.reject(new Error('no disk'));
  expect(await heardWhile(fails)).toEqual(['defer', 'no disk']);
});

describe('what was answered by a try before', () => {
  const refuses = { reply: 40_060, update: 40_060, form: 40_060 };
  test.each([
    ['with thinking', answer, thinking, ['reply', 'look', 'edit']],
    ['with the same', answer, said, ['reply', 'look', 'edit']],
    ['with nothing, where the card is the answer', answer, onCard, ['reply', 'look']],
    ['with thinking, and there is nothing to say', null, thinking, ['update', 'look', 'delete']],
    ['with nothing, and there is nothing to say', null, onCard, ['update', 'look']],
    ['with thinking, and should be a form', form, thinking, ['form', 'look', 'edit']],
  ])('%s', async (_, told, original, wanted) => {
    expect(await heardWhile(async () => told, { refuses, original })).toEqual(['committed', ...wanted]);
  });

  test('to a command is changed in its place', async () => {
    const heard = await heardWhile(async () => answer, { quietly: false, refuses });
    expect(heard).toEqual(['committed', 'reply', 'edit']);
  });
});

describe('what was done too late to be answered is told where everybody may read it', () => {
  const refuses = { reply: 10_062, look: 10_015 };
  test('if they may', async () => {
    expect(await heardWhile(async () => loud, { refuses })).toEqual(['committed', 'reply', 'aloud']);
    expect(await heardWhile(async () => answer, { refuses })).toEqual(['committed', 'reply']);
  });

  test('also after it was thought about', async () => {
    const heard = await heardWhile(() => late(loud), { refuses });
    expect(heard).toEqual(['defer', 'committed', 'look', 'aloud']);
  });

  test('or where only the card could be changed', async () => {
    const heard = await heardWhile(async () => loud, { refuses: { reply: 40_060 }, original: onCard });
    expect(heard).toEqual(['committed', 'reply', 'look', 'aloud']);
  });
});

describe('what is given up in the end is said to be so', () => {
  const heardOf = async (t: string, given: Given) => {
    const { heard, desk } = listening(given);
    await apologize({ t, d: asked } as unknown as GatewayDispatchPayload, desk);
    return heard;
  };

  test.each([
    ['to who sees that it is thought about', {}, ['look', 'edit']],
    ['but an answer that was given stays', { original: said }, ['look']],
    ['but not on a card', { original: onCard }, ['look']],
    ['but not if nothing was answered', { refuses: { look: 10_008 } }, ['look']],
    ['but not after a quarter of an hour', { refuses: { look: 50_027 } }, ['look']],
    ['but not if that passes meanwhile', { refuses: { edit: 50_027 } }, ['look', 'edit']],
  ])('%s', async (_, given: Given, wanted) => {
    expect(await heardOf('INTERACTION_CREATE', given)).toEqual(wanted);
  });

  test('and who only wrote something waits for no answer', async () => {
    expect(await heardOf('MESSAGE_CREATE', {})).toEqual([]);
  });
});

test('a form is asked for before what it needs is kept', async () => {
  const kept = Promise.withResolvers<void>();
  const heard: string[] = [];
  const asks = { form: {} as never, keep: () => kept.promise };
  const asking = heardWhile(async () => asks).then((all) => heard.push(...all));
  kept.resolve();
  await asking;
  expect(heard).toEqual(['committed', 'form']);
});
