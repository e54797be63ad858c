import { setTimeout as pause } from 'node:timers/promises';
import type { Approvers } from '../../campaign/policy.ts';
import type { Who } from '../../campaign/review.ts';
import type { Log } from '../../log.ts';
import type { Doors, Keep } from '../chat.ts';
import type { Call } from './client.ts';
import type { Echoes } from './echoes.ts';
import type { OwnHosts } from './hosts.ts';
import type { Installed } from './installed.ts';
import type { Lately } from './lately.ts';
import type { Links } from './links.ts';
import type { Spot } from './places.ts';
import type { Content } from './send.ts';
import { slackError } from './trouble.ts';

/** What every handler of something incoming works with. */
export interface Desk {
  doors: Doors;
  keep: Keep;
  clock: () => number;
  log: Log;
  hosts: OwnHosts;
  echoes: Echoes;
  installed(team: string): Promise<Installed | null>;
  call(team: string): Promise<Call>;
  links: Links;
  /** Somebody in the workspace, with those of these groups they are in. */
  who(team: string, person: string, named: Approvers): Promise<Who>;
  /** Those of these people who cannot decide anything: apps, and whoever has left. */
  unable(team: string, people: readonly string[]): Promise<string[]>;
  /** Done beside the acknowledgement, which does not wait for it; what fails is logged. */
  later(what: string, run: () => Promise<unknown>): void;
  /** Likewise, for what came in under this id: once, however often it comes. */
  answer(id: string, run: () => Promise<unknown>): void;
  lately: Lately;
  /** Milliseconds that something incoming may wait for what it is about to be known. */
  patience: number;
}

/** When Slack's last try comes, in milliseconds after the first. */
export const lastTry = 4 * 60_000;

const betweenLooks = 100;

/** Looks until something is found, as long as an acknowledgement may wait; then null. */
export async function patiently<T>(
  { patience }: Pick<Desk, 'patience'>,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== null || performance.now() >= end) return found;
    await pause(betweenLooks);
  }
}

/** Says something to one person in a conversation, where nobody else sees it. */
export async function whisper(desk: Desk, spot: Spot, person: string, content: Content): Promise<void> {
  const call = await desk.call(spot.team);
  await call('chat.postEphemeral', {
    channel: spot.channel,
    user: person,
    ...(spot.thread === null ? {} : { thread_ts: spot.thread }),
    ...content,
  });
}

/** Says something to one person, in their conversation with us. */
export async function writeTo(desk: Desk, team: string, person: string, content: Content): Promise<void> {
  await (await desk.call(team))('chat.postMessage', { channel: person, ...content });
}

/** Opens a form before the person whose trigger this is; false where Slack says it is too late. */
export async function openView(desk: Desk, team: string, trigger: string, view: object): Promise<boolean> {
  const call = await desk.call(team);
  try {
    await call('views.open', { trigger_id: trigger, view });
    return true;
  } catch (error) {
    // The same press, delivered twice: the form lies before them already.
    if (slackError((error as Error).cause) === 'exchanged_trigger_id') return true;
    desk.log.error('slack form', { error });
    return false;
  }
}

/** Answers through the address that came with a command or a press; it lives for half an hour. */
export async function respond(hosts: OwnHosts, address: string, body: object): Promise<void> {
  const url = URL.parse(address);
  if (!hosts(url)) throw new Error('a response address elsewhere');
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the response address answered ${answer.status}`);
}

export const privately = (content: Content) => ({
  response_type: 'ephemeral',
  replace_original: false,
  ...content,
});
