import { z } from 'zod';
import { Never, TryLater } from '../../errors.ts';
import { askerKey } from '../asker.ts';
import type { Guard, Keep } from '../chat.ts';
import type { Call } from './client.ts';
import { respond } from './desk.ts';
import type { Echoes } from './echoes.ts';
import type { OwnHosts } from './hosts.ts';
import { closed, type Invitation, invitation, type Landing } from './invite.ts';
import { pauseAfter } from './pauses.ts';
import { placeOf, type Spot } from './places.ts';
import { type Content, hopeless, post, readBack } from './send.ts';
import { shutBy } from './trouble.ts';

export interface OpenParts {
  keep: Keep;
  clock: () => number;
  hosts: OwnHosts;
  echoes: Echoes;
  /** Milliseconds after which a message that is not there was not sent. */
  settle: number;
  /** Milliseconds before another try. */
  pause: number;
  /** Milliseconds to the first try at a door that was shut. */
  knock: number;
  guard?: Guard | undefined;
}

/** `sending`: since when a first message is on its way, perhaps arrived. `thread`: where it is. */
const Root = z.object({
  sending: z.number().nullable(),
  thread: z.string().nullable(),
  /** The channel it went to, which may be another than it was asked for in. */
  channel: z.string(),
  /** Since when we are kept out. */
  shut: z.number().nullable(),
});
type Root = z.infer<typeof Root>;

/** Where to tell who asked for a campaign that its conversation cannot be opened. */
const Asker = z.object({ person: z.string(), url: z.string().nullable() });
export type Asker = z.infer<typeof Asker>;

const rootKey = (team: string, root: string): string => `root/${team}/${root}`;
const sendKeyOf = (root: string): string => `root-${root}`;

/** What is known of the first message of a conversation. */
const readRoot = async (keep: Keep, team: string, root: string): Promise<Root | null> =>
  Root.safeParse(await keep.get(rootKey(team, root))).data ?? null;

const start = (channel: string): Root => ({ sending: null, thread: null, channel, shut: null });

/**
 * The next attempt goes into another channel, or to a person. The place where it was opened meanwhile instead; null
 * where nothing waits to be opened.
 */
export async function openElsewhere(
  keep: Keep,
  team: string,
  root: string,
  channel: string,
): Promise<'elsewhere' | { opened: string } | null> {
  const known = await readRoot(keep, team, root);
  if (!known) return null;
  if (known.thread !== null)
    return { opened: placeOf({ team, channel: known.channel, thread: known.thread }) };
  if (known.channel === channel) return 'elsewhere';
  if (!known.shut) return null;
  await keep.put(rootKey(team, root), start(channel), team);
  return 'elsewhere';
}

/**
 * Posts the message that a conversation hangs from, once: what is on its way is written down first, and after an
 * attempt with an unknown end the channel is read before another. A thread that is there already is a conversation.
 */
export async function open(
  spot: Spot,
  content: Content,
  root: string,
  call: Call,
  parts: OpenParts,
): Promise<string> {
  if (spot.thread !== null) return placeOf(spot);
  const { keep, clock, guard } = parts;
  const { team } = spot;
  const known = (await readRoot(keep, team, root)) ?? start(spot.channel);
  const opened = known.thread === null ? null : { channel: known.channel, ts: known.thread };
  const found = opened ?? (known.sending === null ? null : await find(known, root, call, parts));
  const write = (changed: Partial<Root>) => keep.put(rootKey(team, root), { ...known, ...changed }, team);
  if (found !== null) {
    const { channel, ts: thread } = found;
    if (known.thread === null) await write({ channel, thread });
    return placeOf({ team, channel, thread });
  }
  await write({ sending: clock() });
  const into = { team, channel: known.channel, thread: null };
  const sent = await post(call, into, content, sendKeyOf(root), { guard }).catch(async (error: unknown) => {
    const why = shutBy(error);
    if (why) return kept(why, known, { team, root, call, parts, write });
    // It may be somebody else's to send by now, and what they wrote down stays.
    await guard?.();
    await write({ sending: null });
    throw error;
  });
  if (sent.kind === 'ambiguous') throw new TryLater('perhaps opened', { delay: parts.pause, sent: true });
  if (sent.kind === 'gone') throw new Never('place-closed', 'nothing can hang from it');
  const { channel, message: thread } = sent;
  await write({ thread, channel, sending: null, shut: null });
  return placeOf({ team, channel, thread });
}

/** Null: it surely did not arrive. */
async function find(
  known: Root,
  root: string,
  call: Call,
  parts: OpenParts,
): Promise<{ channel: string; ts: string } | null> {
  const sendKey = sendKeyOf(root);
  const heard = parts.echoes.of(sendKey);
  if (heard) return heard;
  const since = known.sending ?? 0;
  const { channel } = known;
  const there = { team: '', channel, thread: null };
  const read = await readBack(call, there, sendKey, String(since / 1_000 - 60));
  if (typeof read === 'object') return { channel, ts: read.message };
  const waited = parts.clock() - since;
  const enough = read === 'absent' ? parts.settle : parts.settle * hopeless;
  if (waited >= enough) return null;
  throw new TryLater('perhaps opened', { delay: parts.pause, sent: true });
}

interface Shut {
  team: string;
  root: string;
  call: Call;
  parts: OpenParts;
  write: (changed: Partial<Root>) => Promise<void>;
}

/** Kept out of a channel: who asked hears how to let us in, once, and we try again more and more slowly. */
async function kept(why: string, known: Root, { team, root, call, parts, write }: Shut): Promise<never> {
  const now = parts.clock();
  const since = known.shut ?? now;
  const open = why === 'not_in_channel' || why === 'channel_not_found';
  const latest = await readRoot(parts.keep, team, root);
  if (latest && latest.channel !== known.channel)
    throw new TryLater('goes elsewhere', { delay: 0, sent: false });
  await write({ sending: null, shut: since });
  const inWords = (landing: Landing) =>
    open ? invitation({ team, root }, known.channel, landing) : closed(known.channel, landing);
  const said = await tellAsker(root, inWords, call, parts);
  if (!open) throw new Never('place-closed', why);
  const wait = pauseAfter(now - since, parts.knock);
  throw new TryLater(`${why}${said ? ', said so' : ''}`, { delay: wait, sent: false });
}

/** Where they asked, if that can be answered still; else in their direct message with us. */
async function tellAsker(
  root: string,
  said: (landing: Landing) => Invitation,
  call: Call,
  { keep, hosts }: OpenParts,
): Promise<boolean> {
  const asker = Asker.safeParse(await keep.take(askerKey(root))).data;
  if (!asker) return false;
  const { person, url } = asker;
  const directly = () => call('chat.postMessage', { channel: person, ...said('direct') });
  const aside = (address: string) =>
    respond(hosts, address, { response_type: 'ephemeral', ...said('there') }).catch(directly);
  await (url ? aside(url) : directly()).catch(() => {});
  return true;
}
