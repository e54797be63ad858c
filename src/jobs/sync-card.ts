import { createHash } from 'node:crypto';
import type { EffectOf } from '../campaign/effect.ts';
import type { Card } from '../chat/card.ts';
import type { Chats } from '../chat/chat.ts';
import { type ComposeContext, composeCard } from '../chat/compose.ts';
import { chatOf } from '../chat/place.ts';
import { TryLater } from '../errors.ts';
import type { Journal, ShownCard } from '../journal/journal.ts';
import type { Job, JobContext, JobResult } from './job.ts';

interface Parts {
  chats: Chats;
  journal: Pick<Journal, 'card' | 'keepCard'>;
  world: ComposeContext;
}
type Sync = EffectOf<'sync-card'>;

/**
 * Makes the place show the newest state of one card: created once, edited afterwards, left alone when nothing
 * changed. Whatever asked for it, what is shown is composed from the campaign as it is now.
 */
export function syncCard(parts: Parts): Job<'sync-card'> {
  return {
    do: (effect, context) => show(effect, context, parts),
    async find({ place, key }, { stream, policy }) {
      if (await parts.journal.card(place, key)) return 'absent';
      const found = await chatOf(parts.chats, place).find(place, sendKey(place, key, 1));
      if (found === 'absent') return 'absent';
      if (found === 'unknown')
        throw new TryLater('message not yet known', { delay: policy.times.retry, sent: true });
      await parts.journal.keepCard(shown({ place, key, stream, message: found.message }, '', null));
      return { again: { delay: 0 } };
    },
  };
}

async function show({ place, key }: Sync, context: JobContext, parts: Parts): Promise<JobResult> {
  const card = composeCard(key, context, parts.world);
  if (!card) return { done: true };
  const known = await parts.journal.card(place, key);
  const hash = hashOf(card);
  if (known && (known.hash === hash || known.message === gone)) return { done: true };
  const result = await chatOf(parts.chats, place).show({
    place,
    key,
    card,
    known: known?.message ?? null,
    sendKey: sendKey(place, key, known?.generation ?? 1),
  });
  await context.sent();
  if (result.kind === 'ambiguous')
    throw new TryLater('message may have arrived', { delay: context.policy.times.retry, sent: true });
  const message = result.kind === 'gone' ? gone : result.message;
  const { stream } = context;
  await parts.journal.keepCard(shown({ place, key, stream, message }, hash, card.film?.sha256 ?? null));
  return { done: true };
}

/** Somebody deleted the message: it is not posted again. */
const gone = '';

const shown = (
  at: Pick<ShownCard, 'place' | 'key' | 'stream' | 'message'>,
  hash: string,
  file: string | null,
): ShownCard => ({ ...at, generation: 1, hash, file });

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const hashOf = (card: Card): string => sha256(JSON.stringify(card));

/** Names one message to be: the same at every attempt to send it. Twenty-five characters, as Discord takes. */
const sendKey = (place: string, key: string, generation: number): string =>
  sha256(`${place} ${key} ${generation}`).slice(0, 25);
