import { video } from '../../../commands/video.ts';
import type { AtHand, Video } from '../chat.ts';
import { type Desk, whisper } from './desk.ts';
import type { MessageEvent } from './incoming.ts';
import type { Link } from './links.ts';
import { placeOf, spotOf } from './places.ts';
import type { Content } from './send.ts';
import { offersOf, spoken } from './spoken.ts';
import { escaped } from './text.ts';

/**
 * What is said to us alone, beside all threads, is meant for a video that goes on there. A question about what there
 * is, and a change of a brand kit, concern none.
 */
export async function besideThreads(
  { event, team }: MessageEvent,
  said: { id: string; person: string },
  desk: Desk,
): Promise<AtHand | null> {
  if (event.channel_type !== 'im' || event.thread_ts) return null;
  const place = placeOf({ team, channel: event.channel, thread: null });
  const files = offersOf(team, event.files);
  const meant = video.read({ text: spoken(event.text ?? '', ''), options: {}, files, place });
  return 'ask' in meant || 'manage' in meant ? null : desk.doors.atHand({ workspace: team, place, ...said });
}

const longestTitle = 60;
const mostOthers = 5;

function threadOf({ place }: Video, link: Link): string {
  const address = place === null ? null : link(place);
  return address === null ? 'its thread' : `<${address}|its thread>`;
}

const titleOf = ({ title }: Video): string => `“${escaped(title, longestTitle)}”`;

/** “Aurora” (its thread) */
const named = (video: Video, link: Link): string => `${titleOf(video)} (${threadOf(video, link)})`;

function goesOn(meant: Video, among: readonly Video[], link: Link): string {
  const others = among.filter(({ campaign }) => campaign !== meant.campaign).slice(0, mostOthers);
  return [
    `I take what you write here as meant for ${titleOf(meant)}; it goes on in ${threadOf(meant, link)}.`,
    ...(others.length > 0
      ? [
          `There is also ${others.map((one) => named(one, link)).join(', ')}: “go”, “cancel” and the like count in the thread of the video you mean.`,
        ]
      : []),
    'Another video begins with `/video` and a few words.',
  ].join(' ');
}

const beginsAnew = (resting: Video, link: Link): string =>
  `This begins a new video, because nothing was done to ${named(resting, link)} for a day. What you write in its thread still counts there.`;

/** Whoever speaks beside the threads hears where it goes on, where that is news to them. */
export function showTheWay(
  heard: MessageEvent,
  person: string,
  { meant, among, resting }: AtHand,
  desk: Desk,
) {
  const { event } = heard;
  if (meant?.place && spotOf(meant.place).thread !== event.ts)
    tell(heard, person, meant.campaign, (link) => goesOn(meant, among, link), desk);
  if (!meant && resting)
    tell(heard, person, `beside ${resting.campaign}`, (link) => beginsAnew(resting, link), desk);
}

function tell(
  { event, team }: MessageEvent,
  person: string,
  where: string,
  words: (link: Link) => string,
  desk: Desk,
): void {
  const { channel, ts } = event;
  desk.answer(`way/${channel}/${ts}`, () =>
    desk.lately(`way/${channel}`, team, where, async () => {
      const text = words(await desk.links.soon(team));
      await whisper(desk, { team, channel, thread: null }, person, saying(text));
    }),
  );
}

const saying = (text: string): Content => ({
  text,
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
});
