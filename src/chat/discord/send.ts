import { createHash } from 'node:crypto';
import { type APIContainerComponent, type APIMessage, ComponentType, MessageFlags } from '@discordjs/core';
import type { RawFile } from '@discordjs/rest';
import { type Approvers, nobody } from '../../campaign/policy.ts';
import { numberFrom } from '../../campaign/words.ts';
import { TryLater } from '../../errors.ts';
import type { Turn } from '../../queue/pace.ts';
import type { Guard } from '../chat.ts';
import type { Call } from './client.ts';
import { idAt } from './places.ts';
import { codeOf } from './trouble.ts';

export interface Attached {
  name: string;
  data: Buffer;
  mime: string;
  /** For people who cannot see it. */
  alt: string;
}

/** Nobody else is called by what we say, whoever wrote the words. */
const calling = ({ people: users, groups: roles }: Approvers) => ({
  allowed_mentions: { parse: [], users: [...users], roles: [...roles] },
});

/** A number that stands on the message and names it among all others; components take 31 bits. */
export const markerOf = (sendKey: string): number => 1_000 + (numberFrom(sendKey) % 2_147_000_000);

/** Twenty-five characters, as Discord takes; the same for the same. */
export const nonceOf = (key: string): string =>
  createHash('sha256').update(key).digest('base64url').slice(0, 25);

const rawFile = ({ name, data, mime }: Attached): RawFile => ({ name, data, contentType: mime });

/** The bytes, and the list that names them. */
export const filesFor = (files: readonly Attached[]) =>
  files.length > 0
    ? {
        files: files.map(rawFile),
        attachments: files.map(({ name, alt }, n) => ({ id: String(n), filename: name, ...described(alt) })),
      }
    : {};

/** One attempt; done again within minutes, Discord answers with the message it has. */
export const post = (
  call: Call,
  channel: string,
  {
    container,
    files,
    called = nobody,
  }: { container: APIContainerComponent; files: readonly Attached[]; called?: Approvers },
  nonce: string,
  guard: Guard | undefined,
): Promise<APIMessage> =>
  call(
    (api) =>
      api.channels.createMessage(channel, {
        flags: MessageFlags.IsComponentsV2,
        components: [container],
        nonce: nonce.slice(0, 25),
        enforce_nonce: true,
        ...calling(called),
        ...filesFor(files),
      }),
    [],
    guard,
  );

/** The whole new state of a message; `kept` are the ids of files that stay. */
export const edit = (
  call: Call,
  { channel, message }: { channel: string; message: string },
  {
    container,
    files,
    kept,
  }: { container: APIContainerComponent; files: readonly Attached[]; kept: readonly string[] },
  turns: readonly Turn[] = [],
): Promise<APIMessage> =>
  call(
    (api) =>
      api.channels.editMessage(channel, message, {
        components: [container],
        ...calling(nobody),
        ...(files.length > 0 ? { files: files.map(rawFile) } : {}),
        attachments: [
          ...kept.map((id) => ({ id })),
          ...files.map(({ name, alt }, n) => ({ id: String(n), filename: name, ...described(alt) })),
        ],
      }),
    turns,
  );

const described = (alt: string): { description?: string } =>
  alt ? { description: alt.slice(0, 1_000) } : {};

const pageSize = 100;
const unknownMessage = 10_008;
/** So much Discord's clock and ours may differ. */
const skew = 5 * 60_000;
const shortWait = 10_000;

/**
 * Reads a channel, from when an attempt began, for the message that bears this marker. `since`: milliseconds; a busy
 * channel is read no further back than that. `unknown` where we may not read.
 */
export async function readBack(
  call: Call,
  channel: string,
  marker: number,
  since: number,
): Promise<{ message: string } | 'absent' | 'unknown'> {
  const start = idAt(since - skew);
  for (let after = start; ; ) {
    const page = await waiting(() =>
      call((api) => api.channels.getMessages(channel, { limit: pageSize, after })),
    );
    const found = page.find((one) => bears(one, marker));
    if (found) return { message: found.id };
    if (page.length === 0 && after === start) return (await mayRead(call, channel)) ? 'absent' : 'unknown';
    const newest = page[0]?.id;
    if (page.length < pageSize || newest === undefined) return 'absent';
    after = newest;
  }
}

/** What takes several requests would never come to its end by being sent back at each. */
async function waiting<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TryLater) || error.sent || error.delay > shortWait) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.delay));
    }
  }
}

const bears = ({ components }: APIMessage, marker: number): boolean =>
  (components ?? []).some(({ type, id }) => type === ComponentType.Container && id === marker);

/** Without the right to read, Discord shows an empty channel; a message that never was tells the two apart. */
async function mayRead(call: Call, channel: string): Promise<boolean> {
  try {
    await call((api) => api.channels.getMessage(channel, '1'));
    return true;
  } catch (error) {
    if (codeOf(error) === unknownMessage) return true;
    if (codeOf(error) === 50_013) return false;
    throw error;
  }
}
