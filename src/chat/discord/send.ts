import { type APIContainerComponent, type APIMessage, ComponentType, MessageFlags } from '@discordjs/core';
import type { RawFile } from '@discordjs/rest';
import { numberFrom } from '../../campaign/words.ts';
import type { Turn } from '../../queue/pace.ts';
import type { Call } from './client.ts';
import { codeOf } from './trouble.ts';

export interface Attached {
  name: string;
  data: Buffer;
  mime: string;
  /** For people who cannot see it. */
  alt: string;
}

/** Nobody is called by what we say, whoever wrote the words. */
const callsNobody = { allowed_mentions: { parse: [] } };

/** A number that stands on the message and names it among all others; components take 31 bits. */
export const markerOf = (sendKey: string): number => 1_000 + (numberFrom(sendKey) % 2_147_000_000);

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
  { container, files }: { container: APIContainerComponent; files: readonly Attached[] },
  nonce: string,
  turns: readonly Turn[] = [],
): Promise<APIMessage> =>
  call(
    (api) =>
      api.channels.createMessage(channel, {
        flags: MessageFlags.IsComponentsV2,
        components: [container],
        nonce: nonce.slice(0, 25),
        enforce_nonce: true,
        ...callsNobody,
        ...(files.length > 0
          ? {
              files: files.map(rawFile),
              attachments: files.map(({ name, alt }, n) => ({
                id: String(n),
                filename: name,
                ...described(alt),
              })),
            }
          : {}),
      }),
    turns,
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
        ...callsNobody,
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
const mostPages = 20;
const unknownMessage = 10_008;

/** Reads a channel back for the message that bears this marker. `unknown` where we may not read. */
export async function readBack(
  call: Call,
  channel: string,
  marker: number,
): Promise<{ message: string } | 'absent' | 'unknown'> {
  let before: string | undefined;
  for (let n = 0; n < mostPages; n++) {
    const query = { limit: pageSize, ...(before ? { before } : {}) };
    const page = await call((api) => api.channels.getMessages(channel, query));
    const found = page.find((one) => bears(one, marker));
    if (found) return { message: found.id };
    if (page.length === 0 && n === 0) return (await mayRead(call, channel)) ? 'absent' : 'unknown';
    if (page.length < pageSize) return 'absent';
    before = page.at(-1)?.id;
  }
  return 'unknown';
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
