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
  const { id, token } = interaction;
  await forgiving(() => desk.api.interactions.defer(id, token, { flags: MessageFlags.Ephemeral }));
  if (first) throw first.error;
  await answerLate(interaction, await heardOf(await working), desk, quietly);
}

/** A form has to be the first answer, or none. */
async function heardOf(answer: Awaited<ReturnType<Work>>): Promise<Answer | null> {
  if (!answer || !('form' in answer)) return answer;
  await answer.keep();
  return onceMore;
}

const asFirst = (answer: Awaited<ReturnType<Work>>) => ({ answer });
const slowly = (): Promise<null> => new Promise((resolve) => setTimeout(resolve, soon, null).unref());

async function answerAtOnce(
  interaction: APIInteraction,
  answer: Awaited<ReturnType<Work>>,
  desk: Desk,
  quietly: boolean,
): Promise<void> {
  try {
    await sendFirst(interaction, answer, desk, quietly);
  } catch (error) {
    const heard = await heardOf(answer);
    // A try that came to no end, or was never heard of, has answered already.
    if (isAnswered(error)) await answerLate(interaction, heard, desk, quietly);
    else if (isTooLate(error)) await aloud(interaction, heard, desk);
    else throw error;
  }
}

async function sendFirst(
  interaction: APIInteraction,
  answer: Awaited<ReturnType<Work>>,
  desk: Desk,
  quietly: boolean,
): Promise<void> {
  const { interactions } = desk.api;
  const { id, token } = interaction;
  if (!answer && quietly) await interactions.deferMessageUpdate(id, token);
  else if (answer && 'form' in answer)
    await Promise.all([interactions.createModal(id, token, answer.form), answer.keep()]);
  else {
    const { cards, campaign } = answer ?? done;
    const components = await renderedFor(cards, whose(interaction, campaign), desk.buttons);
    await interactions.reply(id, token, { flags: privately, components, ...callsNobody });
  }
}

/** Buttons are a server's; what is answered elsewhere has none. */
const whose = ({ guild_id }: { guild_id?: string | undefined }, campaign: string | null) => ({
  campaign,
  workspace: guild_id ?? '',
});

/**
 * After Discord heard that it is being thought about. What is changed, and not said anew, is said once however often it
 * comes to this.
 */
async function answerLate(
  interaction: APIInteraction,
  answer: Answer | null,
  desk: Desk,
  quietly: boolean,
): Promise<void> {
  const isTold = quietly
    ? await answerBeside(interaction, answer, desk)
    : await change(interaction, answer ?? done, desk);
  if (!isTold) await aloud(interaction, answer, desk);
}

/** Where nothing was said at first, what could be changed is the card itself, which stays. */
async function answerBeside(
  interaction: APIInteraction,
  answer: Answer | null,
  desk: Desk,
): Promise<boolean> {
  const { application_id, token } = interaction;
  const { interactions } = desk.api;
  let isTold = !answer;
  await forgiving(async () => {
    const { id, flags = 0 } = await interactions.getOriginalReply(application_id, token);
    if (id === interaction.message?.id) return;
    if (answer) isTold = await change(interaction, answer, desk);
    else if (flags & MessageFlags.Loading) await interactions.deleteReply(application_id, token);
  });
  return isTold;
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
