import {
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
  MessageFlags,
} from '@discordjs/core';
import type { Card } from '../card.ts';
import { card } from '../card.ts';
import type { Desk } from './desk.ts';
import { timeOf } from './places.ts';
import { renderedFor } from './rendered.ts';
import { isAnswered, isGone, isTooLate } from './trouble.ts';

/** What one person is told; null says nothing more than that it was done. */
export interface Answer {
  cards: readonly Card[];
  campaign: string | null;
  /** What everybody may read of it, where the person can no longer be told alone. */
  aloud?: Card;
}

/** A form to be filled first; what it needs to be understood is kept beside. */
export interface FormAsked {
  form: APIModalInteractionResponseCallbackData;
  keep(): Promise<unknown>;
}

type Work = () => Promise<Answer | FormAsked | null>;

/** A little less than the three seconds that Discord waits. */
const soon = 2_000;

const callsNobody = { allowed_mentions: { parse: [] } };
const privately = MessageFlags.Ephemeral | MessageFlags.IsComponentsV2;
const done: Answer = { cards: [card({ title: 'Done.' })], campaign: null };
const onceMore: Answer = {
  cards: [card({ title: 'That took me too long. Please do it once more.' })],
  campaign: null,
};

/**
 * Does the work and answers with what came of it: Discord hears "done" only after the commit. Where that takes long, or
 * has to be tried again, the person sees meanwhile that it is being thought about, and then the answer. To be called at
 * once, so that Discord hears something within its three seconds. `quietly`: the card it was done on says the rest.
 */
export async function answering(
  interaction: APIInteraction,
  desk: Desk,
  work: Work,
  quietly = false,
): Promise<void> {
  const working = work();
  const first = await Promise.race([working.then(asFirst), slowly()]).catch((error: unknown) => ({ error }));
  if (first && 'answer' in first) return answerAtOnce(interaction, first.answer, desk, quietly);
  const { interactions } = desk.api;
  const { id, token } = interaction;
  await forgiving(() =>
    quietly
      ? interactions.deferMessageUpdate(id, token)
      : interactions.defer(id, token, { flags: MessageFlags.Ephemeral }),
  );
  if (first) throw first.error;
  const late = await working;
  if (late && 'form' in late) {
    await late.keep();
    await answerLate(interaction, onceMore, desk, quietly);
  } else await answerLate(interaction, late, desk, quietly);
}

const asFirst = (answer: Awaited<ReturnType<Work>>) => ({ answer });
const slowly = (): Promise<null> => new Promise((resolve) => setTimeout(resolve, soon, null).unref());

async function answerAtOnce(
  interaction: APIInteraction,
  answer: Awaited<ReturnType<Work>>,
  desk: Desk,
  quietly: boolean,
): Promise<void> {
  const { interactions } = desk.api;
  const { id, token } = interaction;
  if (answer && 'form' in answer) {
    await Promise.all([forgiving(() => interactions.createModal(id, token, answer.form)), answer.keep()]);
    return;
  }
  if (!answer && quietly) return void (await forgiving(() => interactions.deferMessageUpdate(id, token)));
  const { cards, campaign } = answer ?? done;
  const components = await renderedFor(cards, whose(interaction, campaign), desk.buttons);
  try {
    await interactions.reply(id, token, { flags: privately, components, ...callsNobody });
  } catch (error) {
    // It is being thought about, since a try that came to no end.
    if (isAnswered(error)) await answerLate(interaction, answer, desk, quietly);
    else if (isTooLate(error)) await aloud(interaction, answer, desk);
    else throw error;
  }
}

/** Buttons are a server's; what is answered elsewhere has none. */
const whose = ({ guild_id }: { guild_id?: string | undefined }, campaign: string | null) => ({
  campaign,
  workspace: guild_id ?? '',
});

/** After Discord heard that it is being thought about. */
async function answerLate(
  interaction: APIInteraction,
  answer: Answer | null,
  desk: Desk,
  quietly: boolean,
): Promise<void> {
  const isTold = quietly
    ? !answer || (await follow(interaction, answer, desk))
    : await change(interaction, answer ?? done, desk);
  if (!isTold) await aloud(interaction, answer, desk);
}

/** What was done, though Discord said that it failed, is not left without a word. */
async function aloud(
  { id, guild_id: guild, channel, member }: APIInteraction,
  answer: Answer | null,
  desk: Desk,
): Promise<void> {
  if (!answer?.aloud || !guild || !channel || !member) return;
  const spot = { guild, channel: channel.id };
  const to = { spot, person: member.user.id, id: `answer/${id}`, since: timeOf(id) };
  await desk.tell({ ...to, card: answer.aloud, campaign: answer.campaign });
}

async function follow(
  { application_id, token, guild_id }: APIInteraction,
  { cards, campaign }: Answer,
  desk: Desk,
): Promise<boolean> {
  const components = await renderedFor(cards, whose({ guild_id }, campaign), desk.buttons);
  const body = { flags: privately, components, ...callsNobody } as const;
  return forgiving(() => desk.api.interactions.followUp(application_id, token, body));
}

/** The new text of an answer that was given; false where nobody can change it any more, after a quarter of an hour. */
export async function change(
  { application_id, token, guild_id }: Pick<APIInteraction, 'application_id' | 'token' | 'guild_id'>,
  { cards, campaign }: Answer,
  desk: Pick<Desk, 'api' | 'buttons'>,
): Promise<boolean> {
  const components = await renderedFor(cards, whose({ guild_id }, campaign), desk.buttons);
  return forgiving(() =>
    desk.api.interactions.editReply(application_id, token, {
      flags: MessageFlags.IsComponentsV2,
      components,
      ...callsNobody,
    }),
  );
}

/** False where it came too late, or another process that heard the same was first. */
export async function forgiving(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (isTooLate(error) || isGone(error)) return false;
    throw error;
  }
}
