import { expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { answering } from '../../../src/chat/discord/answer.ts';
import type { Desk } from '../../../src/chat/discord/desk.ts';

/** What Discord hears, in order, while `work` is done. */
async function heardWhile(work: () => Promise<Awaited<ReturnType<Parameters<typeof answering>[2]>>>) {
  const heard: string[] = [];
  const noted = (name: string) => async () => void heard.push(name);
  const interactions = {
    reply: noted('reply'),
    defer: noted('defer'),
    deferMessageUpdate: noted('update'),
    editReply: noted('edit'),
  };
  const desk = { api: { interactions }, buttons: { keepAll: async () => {} } } as unknown as Desk;
  const asked = { id: '1', token: 't', application_id: '2' } as Parameters<typeof answering>[0];
  const done = answering(
    asked,
    desk,
    async () => {
      const answer = await work();
      heard.push('committed');
      return answer;
    },
    true,
  );
  await done;
  return heard;
}

const answer = { cards: [card({ title: 'No.' })], campaign: null };
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test.each([
  ['with an answer', answer, ['committed', 'reply']],
  ['without one', null, ['committed', 'update']],
])('Discord hears that it is done after the commit, %s', async (_, told, wanted) => {
  expect(await heardWhile(() => pause(30).then(() => told))).toEqual(wanted);
});

test('what takes long is thought about first, and answered then', async () => {
  expect(await heardWhile(() => pause(2_200).then(() => answer))).toEqual(['defer', 'committed', 'edit']);
});

test('what fails is not said to be done', async () => {
  await expect(heardWhile(() => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
});
