import {
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
  MessageFlags,
} from '@discordjs/core';
import type { Card } from '../card.ts';
import { card } from '../card.ts';
import type { Desk } from './desk.ts';
import { renderedFor } from './rendered.ts';
import { isTooLate } from './trouble.ts';

/** What one person is told; null says nothing more than that it was done. */
export interface Answer {
  cards: readonly Card[];
  campaign: string | null;
}

/** A little less than the three seconds that Discord waits. */
const soon = 2_000;

const callsNobody = { allowed_mentions: { parse: [] } };
const privately = MessageFlags.Ephemeral | MessageFlags.IsComponentsV2;

/**
 * Does the work and answers with what came of it: Discord hears "done" only after the commit. Where that takes long,
 * the person sees meanwhile that it is being thought about, and then the answer.
 */
export async function answering(
  interaction: APIInteraction,
  desk: Desk,
  work: () => Promise<Answer | null>,
  quietly = false,
): Promise<void> {
  const done = work();
  const first = await Promise.race([done.then((answer) => ({ answer })), slowly()]);
  if (first) return answerAtOnce(interaction, first.answer, desk, quietly);
  await forgiving(() =>
    desk.api.interactions.defer(interaction.id, interaction.token, { flags: MessageFlags.Ephemeral }),
  );
  await change(interaction, (await done) ?? { cards: [card({ title: 'Done.' })], campaign: null }, desk);
}

const slowly = (): Promise<null> => new Promise((resolve) => setTimeout(resolve, soon, null).unref());

async function answerAtOnce(
  { id, token }: APIInteraction,
  answer: Answer | null,
  desk: Desk,
  quietly: boolean,
): Promise<void> {
  const { interactions } = desk.api;
  if (!answer && quietly) return forgiving(() => interactions.deferMessageUpdate(id, token));
  const { cards, campaign } = answer ?? { cards: [card({ title: 'Done.' })], campaign: null };
  const components = await renderedFor(cards, campaign, desk.buttons);
  await forgiving(() => interactions.reply(id, token, { flags: privately, components, ...callsNobody }));
}

/** The new text of an answer that was given; after a quarter of an hour nobody can change it any more. */
export async function change(
  { application_id, token }: Pick<APIInteraction, 'application_id' | 'token'>,
  { cards, campaign }: Answer,
  desk: Pick<Desk, 'api' | 'buttons'>,
): Promise<void> {
  const components = await renderedFor(cards, campaign, desk.buttons);
  await forgiving(() =>
    desk.api.interactions.editReply(application_id, token, {
      flags: MessageFlags.IsComponentsV2,
      components,
      ...callsNobody,
    }),
  );
}

export const askForm = (
  { id, token }: APIInteraction,
  form: APIModalInteractionResponseCallbackData,
  { api }: Desk,
): Promise<void> => forgiving(() => api.interactions.createModal(id, token, form));

/** Too late, or answered by another process that heard the same: what was asked is done all the same. */
export async function forgiving(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!isTooLate(error)) throw error;
  }
}
