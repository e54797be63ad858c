import type { Readable } from 'node:stream';
import type { Source } from '../campaign/reference.ts';
import type { Chats } from '../chat/chat.ts';
import { chatOf } from '../chat/place.ts';
import { Never } from '../errors.ts';
import { takeIn } from '../media/intake.ts';
import { palette } from '../media/palette.ts';
import type { GuardedFetch } from '../net/guarded-fetch.ts';
import type { Storage } from '../storage/storage.ts';
import { type Job, type JobContext, repeatable } from './job.ts';

const mostBytes = 25 * 1024 * 1024;

/** Brings a reference in: fetched, judged by its bytes, re-encoded, and kept as ours. */
export const fetchReference = (parts: {
  chats: Chats;
  storage: Storage;
  fetch: GuardedFetch;
}): Job<'fetch-reference'> =>
  repeatable(async ({ reference }, context) => {
    const wanted = context.campaign.references.find((r) => r.id === reference && r.state === 'fetching');
    if (!wanted) return { done: true };
    try {
      const bytes = await collect(await open(wanted.source, context, parts));
      const purpose = wanted.purpose === 'logo' ? 'logo' : 'reference';
      const taken = await takeIn(bytes, { purpose });
      const { workspace } = context;
      const ending = taken.mime === 'image/png' ? 'png' : 'jpg';
      const from = { bytes: taken.bytes };
      const stored = await parts.storage.put({ shelf: 'references', workspace, ending, from });
      await context.sent();
      const { mime, width, height, notes } = taken;
      const colours = await palette(taken.bytes);
      return {
        outcome: {
          type: 'reference.fetched',
          reference,
          picture: { ...stored, mime, width, height },
          notes: [...notes],
          palette: colours,
        },
      };
    } catch (error) {
      if (!(error instanceof Never) || error.isHouseTrouble) throw error;
      return { outcome: { type: 'reference.refused', reference, code: error.code } };
    }
  });

function open(
  source: Source,
  { campaign, signal }: JobContext,
  { chats, fetch }: { chats: Chats; fetch: GuardedFetch },
): Promise<Readable> {
  if (source.kind === 'link') return fetch(source.url, { signal, mostBytes });
  return chatOf(chats, campaign.channel).fetch(source.attachment);
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) throw new Never('image-too-large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
