import type {
  APIAttachment,
  APIMessageComponentGuildInteraction,
  APIModalSubmitGuildInteraction,
} from '@discordjs/core';
import { video } from '../../../commands/video.ts';
import { Intent } from '../../campaign/intent.ts';
import { type Card, card } from '../card.ts';
import { type Answer, answering, askForm } from './answer.ts';
import { askerOf } from './asker.ts';
import { offersOf } from './attachment.ts';
import type { Pressable } from './button.ts';
import type { Desk } from './desk.ts';
import { type Filled, filledIn, formOf } from './form.ts';
import { missingCard } from './permissions.ts';
import { tellOpened } from './slash.ts';
import { answerTo } from './told.ts';

type Pressed = APIMessageComponentGuildInteraction;
type Submitted = APIModalSubmitGuildInteraction;

const unknown: Answer = {
  cards: [
    card({ title: 'This button is of a version that I no longer know. The newest card has a fresh one.' }),
  ],
  campaign: null,
};

/** A button or a menu: told at once, or after a form. */
export async function press(pressed: Pressed, desk: Desk): Promise<void> {
  const found = await desk.buttons.find(pressed.data.custom_id);
  if (found?.asks) return askForm(pressed, formOf(found), desk);
  const intent = found && chosen(found, 'values' in pressed.data ? pressed.data.values : []);
  await answering(
    pressed,
    desk,
    async () => {
      if (!found?.campaign || !intent) return unknown;
      return tell(pressed, `press/${pressed.id}`, found.campaign, intent, desk);
    },
    true,
  );
}

function chosen({ intent, fills }: Pressable, values: readonly string[]): Intent | null {
  if (fills === undefined) return intent;
  return Intent.safeParse({ ...intent, [fills]: values[0] }).data ?? null;
}

async function tell(
  { guild_id: workspace, member }: Pressed | Submitted,
  id: string,
  campaign: string,
  intent: Intent,
  desk: Desk,
): Promise<Answer | null> {
  const person = member.user.id;
  const { answer } = await desk.doors.tell({ id, workspace, person, at: { campaign }, intent });
  return answer && { cards: [answer], campaign };
}

/** A form that was filled: its words and pictures go where the button would have gone. */
export async function submit(sent: Submitted, desk: Desk): Promise<void> {
  const found = await desk.buttons.find(sent.data.custom_id);
  const filled = filledIn(sent.data);
  await answering(
    sent,
    desk,
    async () => {
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
  const files = [...intent.references, ...(await offersOf(attachments, desk.keep))];
  const meant = video.read({ text: filled.words, options: {}, files, place: intent.place });
  const from = {
    id: `form/${sent.id}`,
    workspace: sent.guild_id,
    person: sent.member.user.id,
    place: intent.place,
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
  const references = await offersOf(attachments, desk.keep);
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
