import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { type Refusal, refuse } from '../../campaign/refusal.ts';
import { card } from '../card.ts';
import type { Incoming, Suggestion } from '../chat.ts';
import { briefForm, readBrief } from './brief-form.ts';
import { type Desk, openView, privately, respond, writeTo } from './desk.ts';
import type { Here } from './groups.ts';
import type { Shortcut, SlashCommand, Submission } from './incoming.ts';
import { Sent as Form, namesIn } from './inputs.ts';
import { type Faults, faultsOf, forms, type Naming, openerOf } from './modal.ts';
import type { Asker } from './open.ts';
import { attachmentOf, placeOf } from './places.ts';
import { renderedTogether } from './rendered.ts';
import { shownIn } from './shown.ts';
import { spoken } from './spoken.ts';
import { readUse, useForm } from './use-form.ts';
import { faultOfWords, readWords } from './words-form.ts';

export interface Forms {
  /** Who can be named to decide, beside people; `here`: where somebody asks. */
  deciders(team: string, here?: Here): Promise<Suggestion[]>;
}

type Sent = z.infer<typeof Submission>;
type Used = z.infer<typeof Shortcut>;
/** What Slack is to do with a form that was sent; nothing closes it. */
export type Answer = { response_action: 'errors'; errors: Faults } | undefined;

const tooLate =
  'Slack did not let me open the form in time. Try once more, or type `/video` and a few words.';
const sorry = renderedTogether([card({ title: tooLate })], null);

/** Groups are a convenience: a trigger lives for three seconds, and the form is not kept waiting for them. */
const longestWait = 1_000;
export const groupsSoon = (team: string, desk: Forms, here?: Here): Promise<Suggestion[]> =>
  Promise.race([desk.deciders(team, here).catch(() => []), pause(longestWait, [], { ref: false })]);

/** Whether somebody was chosen who cannot decide anything. Where Slack does not say soon, managers stand in for them. */
export const choseInVain = (team: string, people: readonly string[], desk: Desk): Promise<boolean> =>
  Promise.race([
    desk.unable(team, people).then(
      (found) => found.length > 0,
      () => false,
    ),
    pause(longestWait, false, { ref: false }),
  ]);

/** `/video` alone. */
export function openBrief(
  { team_id: team, channel_id, channel_name, trigger_id, response_url }: SlashCommand,
  desk: Desk & Forms,
) {
  const { suggest } = desk.doors;
  desk.later('form', async () => {
    const [groups, brands] = await Promise.all([
      groupsSoon(team, desk, { id: channel_id, name: channel_name }),
      desk.doors.brands(team),
    ]);
    const view = briefForm({ channel: channel_id, url: response_url, groups, suggest, brands });
    if (!(await openView(desk, team, trigger_id, view)))
      await respond(desk.hosts, response_url, privately(sorry));
  });
}

/** From Slack's own menus: a new video, or a message taken into one. */
export async function shortcut(used: Used, desk: Desk & Forms): Promise<void> {
  const { team, user, channel, message, trigger_id, response_url: url } = used;
  const view = message && channel ? useMessage(used, message, channel.id, desk) : newBrief(team, desk);
  desk.later('form', async () => {
    if (await openView(desk, team, trigger_id, await view)) return;
    // A global shortcut stands nowhere, so there is nowhere to answer.
    await (url ? respond(desk.hosts, url, privately(sorry)) : writeTo(desk, team, user.id, sorry));
  });
}

export async function newBrief(team: string, desk: Desk & Forms) {
  const [groups, brands] = await Promise.all([groupsSoon(team, desk), desk.doors.brands(team)]);
  return briefForm({ channel: null, groups, suggest: desk.doors.suggest, brands });
}

/** The campaign of the thread the message stands in is the one that is probably meant. */
async function useMessage(
  { team, user, response_url }: Used,
  message: NonNullable<Used['message']>,
  channel: string,
  desk: Desk,
) {
  const thread = message.thread_ts ?? message.ts;
  const [running, chosen] = await Promise.all([
    desk.doors.running({ workspace: team, person: user.id, place: placeOf({ team, channel, thread: null }) }),
    desk.doors.campaignAt(team, placeOf({ team, channel, thread })),
  ]);
  return useForm({
    ...{
      channel,
      url: response_url ?? null,
      running,
      shown: shownIn(message),
      words: spoken(message.text ?? '', ''),
    },
    ...(chosen ? { chosen } : {}),
  });
}

export const namingIn = (team: string): Naming => ({
  place: (channel) => placeOf({ team, channel, thread: null }),
  attachment: (file) => attachmentOf(team, file),
});

/** A form that was sent: told, and whatever is wrong with it is shown at its inputs. */
export async function submit(sent: Sent, desk: Desk): Promise<Answer> {
  const { callback_id } = sent.view;
  if (callback_id === forms.brief) return brief(sent, desk);
  if (callback_id === forms.words) return words(sent, desk);
  return callback_id === forms.use ? use(sent, desk) : undefined;
}

const tell = (sent: Sent, told: Pick<Incoming, 'at' | 'intent'>, { doors }: Desk) =>
  doors.tell({
    // A form whose acknowledgement got lost lies there still and is sent again; corrected, it asks for something else.
    id: `form/${sent.view.id}/${hashOf(sent.view['state'])}`,
    ...{ workspace: sent.team, person: sent.user.id, ...told },
    asker: { person: sent.user.id, url: openerOf(sent.view) } satisfies Asker,
  });

const hashOf = (values: unknown): string => createHash('sha256').update(JSON.stringify(values)).digest('hex');

export const errors = (faults: Faults): Answer => ({ response_action: 'errors', errors: faults });
const unless = (refusal: Refusal | null, say: (refusal: Refusal) => Faults): Answer =>
  refusal ? errors(say(refusal)) : undefined;

const faultsAt = ({ view }: Sent, no: Refusal): Faults => faultsOf([no], namesIn(Form.parse(view)));

async function brief(sent: Sent, desk: Desk): Promise<Answer> {
  const read = readBrief(sent.view, namingIn(sent.team));
  if ('faults' in read) return errors(read.faults);
  const { intent } = read;
  if (intent.approvers && (await choseInVain(sent.team, intent.approvers.people, desk)))
    return errors(faultsAt(sent, refuse('approvers-unable')));
  const { refusal } = await tell(sent, { at: { place: intent.place }, intent }, desk);
  return unless(refusal, (no) => faultsAt(sent, no));
}

async function words(sent: Sent, desk: Desk): Promise<Answer> {
  const { campaign, intent } = readWords(sent.view);
  const { refusal } = await tell(sent, { at: { campaign }, intent }, desk);
  return unless(refusal, faultOfWords);
}

async function use(sent: Sent, desk: Desk): Promise<Answer> {
  const read = readUse(sent.view, namingIn(sent.team));
  if ('faults' in read) return errors(read.faults);
  const { at, place } = read;
  const by = { workspace: sent.team, person: sent.user.id, place };
  if ('campaign' in at && !(await desk.doors.concerns({ ...by, ...at })))
    return errors({ campaign: 'That video is not among yours any more. Please choose another.' });
  const { refusal } = await tell(sent, read, desk);
  return unless(refusal, (no) => faultsAt(sent, no));
}
