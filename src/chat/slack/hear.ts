import type { Meant } from '../../../commands/command.ts';
import { video } from '../../../commands/video.ts';
import type { IntentOf } from '../../campaign/intent.ts';
import { TryLater } from '../../errors.ts';
import { card } from '../card.ts';
import type { AtHand, Incoming } from '../chat.ts';
import { say } from '../wording.ts';
import { besideThreads, showTheWay } from './beside.ts';
import { type Desk, lastTry, patiently, whisper } from './desk.ts';
import type { MessageEvent } from './incoming.ts';
import type { Installed } from './installed.ts';
import { placeOf, type Spot } from './places.ts';
import { renderedTogether } from './rendered.ts';
import type { Content } from './send.ts';
import { managed } from './slash.ts';
import { offersOf, spoken } from './spoken.ts';
import { ways } from './ways.ts';

/** What a person adds; edits, deletions, joins and the like run nothing, and nothing again. */
const additions: ReadonlySet<string | undefined> = new Set([undefined, 'file_share', 'thread_broadcast']);

/**
 * A message, or a mention of us: Slack sends both for the same words, in either order, and the first to come counts. A
 * reply in a conversation of ours is said to its campaign, as is a message to us alone while one goes on there; else
 * that begins one, as does a mention elsewhere.
 */
export async function hear(heard: MessageEvent, desk: Desk): Promise<void> {
  const { event, team } = heard;
  if (!additions.has(event.subtype)) return;
  const here = await desk.installed(team);
  if (!here) return;
  const { user: person } = event;
  // Slack does not always say which bot shared a file.
  if (event.bot_id === here.bot || person === here.botUser) return echo(heard, desk);
  if (!person || event.bot_id || event.app_id || person === 'USLACKBOT') return;
  const spot = { team, channel: event.channel, thread: event.thread_ts ?? null };
  const beside = await besideThreads(heard, { id: idOf(event.channel, event.ts), person }, desk);
  const at = beside?.meant ? { campaign: beside.meant.campaign } : await addressed(heard, here, desk);
  if (at === 'ours') {
    if (isToUs(event)) answer(heard, renderedTogether([card({ title: noVideo })], null), desk);
  } else if (at) await reply(heard, person, { at, among: amongOf(beside) }, here, desk);
  else if (isToUs(event) || comesAgain(event, here)) {
    const hasBegun = await begin(heard, person, spot, here, desk);
    if (!hasBegun) return;
  }
  if (beside) showTheWay(heard, person, beside, desk);
}

const amongOf = (beside: AtHand | null): IntentOf<'say'>['among'] =>
  beside?.among.map(({ title, place }) => ({ words: title, place }));

type Heard = MessageEvent['event'];

const isToUs = ({ type, channel_type }: Heard): boolean => type === 'app_mention' || channel_type === 'im';

/** Words that mention us are told as a mention, too: what has to be answered is answered there. */
const comesAgain = (event: Heard, { botUser }: Installed): boolean =>
  !isToUs(event) && (event.text ?? '').includes(`<@${botUser}>`);

const noVideo =
  'I know of no video in this thread. To begin one, mention me in the channel, or type `/video` there.';

/** Where something is said; null: nowhere yet. What hangs from a message may be told before the message itself. */
async function addressed(heard: MessageEvent, here: Installed, desk: Desk): ReturnType<typeof conversation> {
  const { event, team } = heard;
  if (event.thread_ts) return conversation(heard, event.thread_ts, here, desk);
  const place = placeOf({ team, channel: event.channel, thread: event.ts });
  return (isToUs(event) || comesAgain(event, here)) && (await desk.doors.campaignAt(team, place))
    ? { place }
    : null;
}

/**
 * Where a reply is said. A thread whose first message is ours is, or becomes, a conversation: the reply waits for it,
 * and if that is not enough it is left unacknowledged, so that Slack brings it again. `ours`: to the last it was none.
 */
async function conversation(
  { event, team }: MessageEvent,
  thread: string,
  { botUser }: Installed,
  desk: Desk,
): Promise<Incoming['at'] | 'ours' | null> {
  const { channel } = event;
  const place = placeOf({ team, channel, thread });
  const isOpen = () => desk.doors.campaignAt(team, place);
  if (await isOpen()) return { place };
  const campaign = await desk.doors.openedBy(team, idOf(channel, thread));
  if (campaign) return { campaign };
  if (event.parent_user_id !== botUser) return null;
  if (await patiently(desk, isOpen)) return { place };
  if (desk.clock() - Number(event.ts) * 1_000 > lastTry) return 'ours';
  throw new TryLater('the conversation of a reply is not known yet', { delay: 0, sent: false });
}

function echo({ event }: MessageEvent, { echoes }: Desk): void {
  const { channel, ts } = event;
  const sendKey = event.metadata?.event_payload?.send;
  if (sendKey) echoes.hear(sendKey, { channel, ts });
  for (const file of event.files ?? []) echoes.hear(file.id, { channel, ts });
}

/** One message is one thing said, however often and as whatever Slack tells us of it. */
const idOf = (channel: string, ts: string): string => `message/${channel}/${ts}`;

async function reply(
  heard: MessageEvent,
  person: string,
  { at, among }: Pick<Incoming, 'at'> & Pick<IntentOf<'say'>, 'among'>,
  here: Installed,
  desk: Desk,
): Promise<void> {
  const { event, team } = heard;
  const words = spoken(event.text ?? '', here.botUser);
  const references = offersOf(team, event.files);
  if (!words && references.length === 0)
    return isToUs(event) ? answer(heard, renderedTogether([hint], null), desk) : undefined;
  const intent = { type: 'say', words, references, ...(among ? { among } : {}) } as const;
  const id = idOf(event.channel, event.ts);
  const told = await desk.doors.tell({ id, workspace: team, person, at, intent });
  if (told.answer && !comesAgain(event, here))
    answer(heard, renderedTogether([told.answer], told.campaign), desk);
}

const hint = card({ title: say({ about: 'help' }) });

/** Talking to us is like typing `/video`, in the thread of what was said. False where that begins no video. */
async function begin(
  heard: MessageEvent,
  person: string,
  spot: Spot,
  here: Installed,
  desk: Desk,
): Promise<boolean> {
  const { event, team } = heard;
  const text = spoken(event.text ?? '', here.botUser);
  const place = placeOf({ ...spot, thread: spot.thread ?? event.ts });
  const meant: Meant = video.read({ text, options: {}, files: offersOf(team, event.files), place });
  if ('tell' in meant) {
    const id = idOf(event.channel, event.ts);
    const told = await desk.doors.tell({ id, workspace: team, person, at: { place }, intent: meant.tell });
    if (told.answer && !comesAgain(event, here))
      answer(heard, renderedTogether([told.answer], told.campaign), desk);
    return told.refusal === null;
  }
  if (!comesAgain(event, here)) await answerInstead(heard, person, { meant, place }, desk);
  return false;
}

/** What was said to us and begins no video. */
async function answerInstead(
  heard: MessageEvent,
  person: string,
  { meant, place }: { meant: Exclude<Meant, { tell: unknown }>; place: string },
  desk: Desk,
): Promise<void> {
  const { event, team } = heard;
  if ('refuse' in meant) {
    const cards = meant.refuse.map(({ sentence }) => card({ title: sentence }));
    answer(heard, renderedTogether(cards, null), desk);
  } else if ('ask' in meant) {
    const cards = await desk.doors.ask({ workspace: team, person, place, ways, question: meant.ask });
    answer(heard, renderedTogether(cards, null, desk.links.now(team)), desk);
  } else {
    const by = { id: idOf(event.channel, event.ts), workspace: team, person };
    answer(heard, renderedTogether([await managed(meant.manage, by, desk)], null), desk);
  }
}

function answer({ event, team }: MessageEvent, content: Content, desk: Desk): void {
  const { channel, thread_ts, ts, user = '' } = event;
  const spot = { team, channel, thread: thread_ts ?? null };
  desk.answer(idOf(channel, ts), () => whisper(desk, spot, user, content));
}
