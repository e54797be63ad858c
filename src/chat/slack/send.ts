import { z } from 'zod';
import { Never } from '../../errors.ts';
import type { Turn } from '../../queue/pace.ts';
import type { Guard, ShowResult } from '../chat.ts';
import type { Call } from './client.ts';
import { isPerson, type Spot } from './places.ts';
import { isAmbiguous, isGone, slackError } from './trouble.ts';

/** What a message says: blocks, and the words for whoever cannot see them. */
export interface Content {
  text: string;
  blocks: readonly object[];
}

/** Goes with every message of ours, so that it can be told from all others. */
const metadataOf = (sendKey: string) => ({
  event_type: 'dailies_card',
  event_payload: { send: sendKey },
});

const Posted = z.object({ ts: z.string(), channel: z.string() });
const Metadata = z
  .object({ event_type: z.literal('dailies_card'), event_payload: z.object({ send: z.string() }) })
  .optional()
  .catch(undefined);
const Page = z.object({
  messages: z.array(z.object({ ts: z.string(), metadata: Metadata })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** One attempt. Nothing in it turns into a link preview, and nobody is called by it. */
export async function post(
  call: Call,
  spot: Spot,
  { text, blocks }: Content,
  sendKey: string,
  { turns = [], guard }: { turns?: Turn[]; guard: Guard | undefined },
): Promise<{ kind: 'shown'; message: string; channel: string } | Instead> {
  try {
    const { ts, channel } = Posted.parse(
      await call(
        'chat.postMessage',
        {
          channel: spot.channel,
          ...(spot.thread === null ? {} : { thread_ts: spot.thread }),
          text,
          blocks,
          metadata: metadataOf(sendKey),
          unfurl_links: false,
          unfurl_media: false,
        },
        turns,
        guard,
      ),
    );
    return { kind: 'shown', message: ts, channel };
  } catch (error) {
    return insteadOf(error);
  }
}

/** The whole new state of a message; done twice it is the same, so an unclear end is simply tried again. */
export async function edit(
  call: Call,
  spot: Spot,
  { message, sendKey }: { message: string; sendKey: string },
  { text, blocks }: Content,
  turns: Turn[],
): Promise<ShowResult> {
  const metadata = metadataOf(sendKey);
  try {
    await call('chat.update', { channel: spot.channel, ts: message, text, blocks, metadata }, turns);
    return { kind: 'shown', message };
  } catch (error) {
    return insteadOf(error);
  }
}

type Instead = { kind: 'gone' } | { kind: 'ambiguous' };

function insteadOf(error: unknown): Instead {
  if (error instanceof Never && isGone(error.cause)) return { kind: 'gone' };
  if (isAmbiguous(error)) return { kind: 'ambiguous' };
  throw error;
}

const pageSize = 200;

/**
 * So many times as long as a message takes to arrive is waited for its echo, where nothing may be read. Then it is sent
 * again: what never comes is worse than what comes twice.
 */
export const hopeless = 10;

/** Reads a thread (or the channel, since `oldest`) for the message that was sent under this key. `unknown`: we may not. */
export async function readBack(
  call: Call,
  { channel, thread }: Spot,
  sendKey: string,
  oldest?: string,
): Promise<{ message: string } | 'absent' | 'unknown'> {
  // A person has a conversation with us, whose name only an answer or an echo tells: there is nothing to read.
  if (isPerson(channel)) return 'unknown';
  let cursor: string | undefined;
  do {
    const page = await readPage(call, { channel, thread, oldest, cursor });
    if (page === null) return 'unknown';
    const found = page.messages.find((one) => one.metadata?.event_payload.send === sendKey);
    if (found) return { message: found.ts };
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return 'absent';
}

interface Wanted {
  channel: string;
  thread: string | null;
  oldest: string | undefined;
  cursor: string | undefined;
}

/** Null where we may not read. */
async function readPage(call: Call, { channel, thread, oldest, cursor }: Wanted) {
  const method = thread === null ? 'conversations.history' : 'conversations.replies';
  const given = {
    channel,
    ...(thread === null ? {} : { ts: thread }),
    ...(oldest === undefined ? {} : { oldest }),
    ...(cursor === undefined ? {} : { cursor }),
    include_all_metadata: true,
    limit: pageSize,
  };
  try {
    return Page.parse(await call(method, given));
  } catch (error) {
    if (slackError((error as Error).cause) === 'missing_scope') return null;
    throw error;
  }
}
