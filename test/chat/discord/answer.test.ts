import { DiscordAPIError } from '@discordjs/rest';
import { describe, expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { answering } from '../../../src/chat/discord/answer.ts';
import type { Desk } from '../../../src/chat/discord/desk.ts';

/** What Discord hears, in order, while `work` is done. */
async function heardWhile(
  work: () => Promise<Awaited<ReturnType<Parameters<typeof answering>[2]>>>,
  { quietly = true, refuses = {} }: { quietly?: boolean; refuses?: Record<string, number> } = {},
) {
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
    followUp: noted('follow'),
    createModal: noted('form'),
  };
  const desk = {
    api: { interactions },
    buttons: { keepAll: async () => {} },
    tell: noted('aloud'),
  } as unknown as Desk;
  const asked = {
    ...{ id: '1', token: 't', application_id: '2', guild_id: '3' },
    ...{ channel: { id: '4' }, member: { user: { id: '5' } } },
  } as Parameters<typeof answering>[0];
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

describe('what takes long', () => {
  test.each([
    ['a command', false, answer, ['defer', 'committed', 'edit']],
    ['a press', true, answer, ['update', 'committed', 'follow']],
    ['a press that its card answers', true, null, ['update', 'committed']],
  ])('is thought about first, and answered then: %s', async (_, quietly, told, wanted) => {
    expect(await heardWhile(() => pause(2_200).then(() => told), { quietly })).toEqual(wanted);
  });

  test('to its form can only be done once more', async () => {
    const asks = { form: {} as never, keep: async () => {} };
    const heard = await heardWhile(() => pause(2_200).then(() => asks));
    expect(heard).toEqual(['update', 'committed', 'follow']);
  });
});

test('what fails is not said to be done, but Discord hears in time that it is thought about', async () => {
  const fails = () => Promise.reject(new Error('no disk'));
  expect(await heardWhile(fails)).toEqual(['update', 'no disk']);
  expect(await heardWhile(fails, { quietly: false })).toEqual(['defer', 'no disk']);
});

test('what was thought about by a try before is answered in its place', async () => {
  const refuses = { reply: 40_060 };
  const command = await heardWhile(async () => answer, { quietly: false, refuses });
  expect(command).toEqual(['committed', 'reply', 'edit']);
  const pressed = await heardWhile(async () => answer, { refuses });
  expect(pressed).toEqual(['committed', 'reply', 'follow']);
});

test('what was done too late to be answered is told where everybody may read it, if they may', async () => {
  const refuses = { reply: 10_062, follow: 10_015 };
  const loud = { ...answer, aloud: card({ title: 'No.' }) };
  expect(await heardWhile(async () => loud, { refuses })).toEqual(['committed', 'reply', 'aloud']);
  expect(await heardWhile(async () => answer, { refuses })).toEqual(['committed', 'reply']);
  const late = await heardWhile(() => pause(2_200).then(() => loud), { refuses });
  expect(late).toEqual(['update', 'committed', 'follow', 'aloud']);
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
