import { setTimeout as pause } from 'node:timers/promises';
import type {
  APIAttachment,
  APIMessageComponentGuildInteraction,
  APIModalSubmitGuildInteraction,
} from '@discordjs/core';
import { video } from '../../../commands/video.ts';
import { Intent } from '../../campaign/intent.ts';
import { type Card, card } from '../card.ts';
import { type Answer, answering } from './answer.ts';
import { unlessByApps } from './approvers.ts';
import { askerOf } from './asker.ts';
import { offersOf } from './attachment.ts';
import { type Form, formBehind, formIn, type Pressable } from './button.ts';
import type { Desk } from './desk.ts';
import { type Filled, filledIn, formOf } from './form.ts';
import { lostCard, missingCard } from './permissions.ts';
import { placeFor, tellOpened } from './slash.ts';
import { answerTo } from './told.ts';

type Pressed = APIMessageComponentGuildInteraction;
type Submitted = APIModalSubmitGuildInteraction;

/** Milliseconds that a form may wait for what stands in it. */
const lookup = 1_200;

const unknown: Answer = {
  cards: [
    card({ title: 'This button is of a version that I no longer know. The newest card has a fresh one.' }),
  ],
  campaign: null,
};

/** A button or a menu: told at once, or after a form. */
export async function press(pressed: Pressed, desk: Desk): Promise<void> {
  const values = 'values' in pressed.data ? pressed.data.values : [];
  await answering(
    pressed,
    desk,
    async () => {
      const form = await formAt(pressed.data.custom_id, desk);
      if (form) return { form: formOf(form), keep: async () => {} };
      const found = await desk.buttons.find(pressed.data.custom_id);
      if (found?.asks) return { form: formOf(formBehind(found, found.asks)), keep: async () => {} };
      const intent = found && chosen(found, values);
      if (!found?.campaign || !intent) return unknown;
      return tell(pressed, `press/${pressed.id}`, found.campaign, intent, desk);
    },
    true,
  );
}

/** As the button says; only for what stands in a form already the journal is asked, while there is time. */
async function formAt(custom: string, { buttons }: Desk): Promise<Form | null> {
  const told = formIn(custom);
  if (!told?.isBegun) return told;
  const looked = buttons.find(custom).catch(() => null);
  const found = await Promise.race([looked, pause(lookup, undefined, { ref: false })]);
  return found?.asks ? formBehind(found, found.asks) : told;
}

function chosen({ intent, fills }: Pressable, values: readonly string[]): Intent | null {
  if (fills === undefined) return intent;
  return Intent.safeParse({ ...intent, [fills]: values[0] }).data ?? null;
}

/** What its card would say otherwise is said here, where we may no longer show it. */
async function tell(
  { guild_id: workspace, member, app_permissions }: Pressed | Submitted,
  id: string,
  campaign: string,
  intent: Intent,
  desk: Desk,
): Promise<Answer | null> {
  const person = member.user.id;
  const { answer } = await desk.doors.tell({ id, workspace, person, at: { campaign }, intent });
  const lost = answer ? null : lostCard(app_permissions);
  if (lost) return { cards: [lost], campaign };
  return answer && { cards: [answer], campaign, aloud: answer };
}

/** A form that was filled: its words and pictures go where the button would have gone. */
export async function submit(sent: Submitted, desk: Desk): Promise<void> {
  const filled = filledIn(sent.data);
  await answering(
    sent,
    desk,
    async () => {
      const found = await desk.buttons.find(sent.data.custom_id);
      if (!found) return unknown;
      const files = filled.files.flatMap((id) => sent.data.resolved?.attachments?.[id] ?? []);
      return found.intent.type === 'open'
        ? begin(sent, found, filled, files, desk)
        : fill(sent, found, filled, files, desk);
    },
    sent.message !== undefined,
  );
}

async function begin(
  sent: Submitted,
  { intent }: Pressable,
  filled: Filled,
  attachments: readonly APIAttachment[],
  desk: Desk,
): Promise<Answer | null> {
  if (intent.type !== 'open') return unknown;
  const closed = missingCard(sent.app_permissions);
  if (closed) return { cards: [closed], campaign: null };
  const { guild_id, channel } = sent;
  const place = channel ? await placeFor({ guild_id, channel }, desk) : intent.place;
  const files = [...intent.references, ...(await offersOf(attachments, desk.keep, { guild: guild_id }))];
  const asked = video.read({ text: filled.words, options: {}, files, place });
  const meant = unlessByApps(asked, filled.people, sent.data.resolved?.users);
  const from = {
    id: `form/${sent.id}`,
    workspace: guild_id,
    person: sent.member.user.id,
    place,
    asker: askerOf(sent, desk),
  };
  const told = await answerTo(meant, from, desk, { people: filled.people, groups: filled.roles });
  if (told.opened && told.campaign) tellOpened(told.campaign, desk);
  return told;
}

/** Pictures that come with a verdict are said first, so that the next take has them. */
async function fill(
  sent: Submitted,
  { intent, campaign }: Pressable,
  { words }: Filled,
  attachments: readonly APIAttachment[],
  desk: Desk,
): Promise<Answer | null> {
  if (campaign === null) return unknown;
  const references = await offersOf(attachments, desk.keep, { guild: sent.guild_id });
  const id = `form/${sent.id}`;
  if (intent.type === 'say') {
    if (!words && references.length === 0) return { cards: [nothingSaid], campaign };
    return tell(sent, id, campaign, { ...intent, words, references }, desk);
  }
  if (references.length > 0)
    await tell(sent, `${id}/files`, campaign, { type: 'say', words: '', references }, desk);
  const filled = Intent.safeParse({ ...intent, words }).data;
  return filled ? tell(sent, id, campaign, filled, desk) : unknown;
}

const nothingSaid: Card = card({ title: 'Nothing was said, so nothing was changed.' });
