import { video } from '../../../commands/video.ts';
import type { AtHand } from '../chat.ts';
import { type Desk, whisper } from './desk.ts';
import type { MessageEvent } from './incoming.ts';
import { placeOf, spotOf } from './places.ts';
import type { Content } from './send.ts';
import { spoken } from './spoken.ts';
import { escaped } from './text.ts';

/**
 * What is said to us alone, beside all threads, is meant for the video that goes on there. A question about what there
 * is, and a change of a brand kit, concern none.
 */
export async function meantBy(
  { event, team }: MessageEvent,
  said: { id: string; person: string },
  desk: Desk,
): Promise<AtHand | null> {
  if (event.channel_type !== 'im' || event.thread_ts) return null;
  const place = placeOf({ team, channel: event.channel, thread: null });
  const meant = video.read({ text: spoken(event.text ?? '', ''), options: {}, files: [], place });
  return 'ask' in meant || 'manage' in meant ? null : desk.doors.atHand({ workspace: team, place, ...said });
}

const longestTitle = 60;

const goesOn = (title: string, address: string | null): Content => {
  const thread = address === null ? 'its thread' : `<${address}|its thread>`;
  const text = `I take what you write here as meant for “${escaped(title, longestTitle)}”; it goes on in ${thread}. Another video begins with \`/video\` and a few words.`;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
};

/** Whoever speaks beside the thread hears where it goes on, once for each video. */
export function showTheWay(
  { event, team }: MessageEvent,
  person: string,
  { campaign, title, place }: AtHand,
  desk: Desk,
): void {
  if (place === null || spotOf(place).thread === event.ts) return;
  desk.later('answer', () =>
    desk.once(`way/${campaign}`, team, async () => {
      const address = (await desk.links.soon(team))(place);
      await whisper(desk, { team, channel: event.channel, thread: null }, person, goesOn(title, address));
    }),
  );
}
