import type { Meant } from '../../../commands/command.ts';
import { video } from '../../../commands/video.ts';
import { card } from '../card.ts';
import { type Desk, whisper } from './desk.ts';
import type { MessageEvent } from './incoming.ts';
import type { Installed } from './installed.ts';
import { placeOf, type Spot } from './places.ts';
import { renderedTogether } from './rendered.ts';
import { offersOf, spoken } from './spoken.ts';

/** What a person adds; edits, deletions, joins and the like run nothing, and nothing again. */
const additions: ReadonlySet<string | undefined> = new Set([undefined, 'file_share', 'thread_broadcast']);

/**
 * A message, or a mention of us: Slack sends both for the same words, in either order. A reply in a conversation of
 * ours is said to its campaign; a mention elsewhere, and a message to us alone, begin one.
 */
export async function hear(heard: MessageEvent, desk: Desk): Promise<void> {
  const { event, team } = heard;
  if (!additions.has(event.subtype)) return;
  const here = await desk.installed(team);
  if (!here) return;
  if (event.bot_id === here.bot) return echo(heard, desk);
  const { user: person } = event;
  if (!person || event.bot_id || event.app_id || person === 'USLACKBOT') return;
  const spot = { team, channel: event.channel, thread: event.thread_ts ?? null };
  if (spot.thread && (await desk.doors.campaignAt(team, placeOf(spot))))
    await say(heard, person, spot, here, desk);
  else if (event.type === 'app_mention' || event.channel_type === 'im')
    await begin(heard, person, spot, here, desk);
}

function echo({ event }: MessageEvent, { echoes }: Desk): void {
  const sendKey = event.metadata?.event_payload?.send;
  if (sendKey) echoes.hear(sendKey, event.ts);
  for (const file of event.files ?? []) echoes.hear(file.id, event.ts);
}

/** One message is one thing said, however often and as whatever Slack tells us of it. */
const idOf = ({ event }: MessageEvent): string => `message/${event.channel}/${event.ts}`;

async function say(
  heard: MessageEvent,
  person: string,
  spot: Spot,
  here: Installed,
  desk: Desk,
): Promise<void> {
  const { event, team } = heard;
  const words = spoken(event.text ?? '', here.botUser);
  const references = offersOf(team, event.files);
  if (!words && references.length === 0) return;
  const intent = { type: 'say', words, references } as const;
  const place = placeOf(spot);
  const told = await desk.doors.tell({ id: idOf(heard), workspace: team, person, at: { place }, intent });
  if (told.answer) answer(desk, spot, person, renderedTogether([told.answer], told.campaign));
}

/** Talking to us is like typing `/video`, in the thread of what was said. */
async function begin(
  heard: MessageEvent,
  person: string,
  spot: Spot,
  here: Installed,
  desk: Desk,
): Promise<void> {
  const { event, team } = heard;
  const text = spoken(event.text ?? '', here.botUser);
  const place = placeOf({ ...spot, thread: spot.thread ?? event.ts });
  const meant: Meant = video.read({ text, options: {}, files: offersOf(team, event.files), place });
  if ('refuse' in meant) {
    const cards = meant.refuse.map(({ sentence }) => card({ title: sentence }));
    answer(desk, spot, person, renderedTogether(cards, null));
  } else if ('ask' in meant) {
    const cards = await desk.doors.ask({ workspace: team, person, question: meant.ask });
    answer(desk, spot, person, renderedTogether(cards, null));
  } else {
    const told = await desk.doors.tell({
      id: idOf(heard),
      workspace: team,
      person,
      at: { place },
      intent: meant.tell,
    });
    if (told.answer) answer(desk, spot, person, renderedTogether([told.answer], told.campaign));
  }
}

const answer = (desk: Desk, spot: Spot, person: string, content: ReturnType<typeof renderedTogether>): void =>
  desk.later('answer', () => whisper(desk, spot, person, content));
