import { createHash } from 'node:crypto';
import type { EffectOf } from '../campaign/effect.ts';
import type { Card } from '../chat/card.ts';
import type { Chats } from '../chat/chat.ts';
import { type ComposeContext, composeCard } from '../chat/compose.ts';
import { composeNotice } from '../chat/compose-notice.ts';
import { chatOf } from '../chat/place.ts';
import { TryLater } from '../errors.ts';
import type { Journal, ShownCard } from '../journal/journal.ts';
import type { Job, JobContext, JobResult } from './job.ts';

interface Parts {
  chats: Chats;
  journal: Pick<Journal, 'card' | 'keepCard'>;
  world: () => ComposeContext;
}
type Sync = EffectOf<'sync-card'>;

/**
 * Makes the place show the newest state of one card: created once, edited afterwards, left alone when nothing
 * changed. Whatever asked for it, what is shown is composed from the campaign as it is now. That a first message
 * is about to be sent is written down before: whoever comes next, by whichever effect, looks before sending.
 */
export function syncCard(parts: Parts): Job<'sync-card'> {
  const sync = (effect: Sync, context: JobContext) => bringUpToDate(effect, context, parts);
  return { do: sync, find: sync };
}

async function bringUpToDate(effect: Sync, context: JobContext, parts: Parts): Promise<JobResult> {
  const card = cardOf(effect.key, context, parts.world());
  if (!card) return { done: true };
  const known = await knownCard(effect, context, parts);
  if (known === null) return { done: true };
  const hash = hashOf(card);
  if (known.hash === hash || known.hash === gone) return { done: true };
  const { place, key } = effect;
  const message = known.message === perhaps ? null : known.message;
  const { id: campaign } = context.campaign;
  const { guard } = context;
  const sending = { sendKey: sendKey(effect, known.generation), since: sinceOf(known), guard };
  const result = await chatOf(parts.chats, place).show({
    ...{ place, key, campaign, card, known: message },
    ...sending,
  });
  await context.sent();
  if (result.kind === 'ambiguous')
    throw new TryLater('message may have arrived', { delay: context.policy.times.retry, sent: true });
  const file = card.film?.sha256 ?? null;
  const rest = result.kind === 'shown' ? result.rest : undefined;
  const shown =
    result.kind === 'gone' ? { hash: gone } : { message: result.message, hash: rest ? partly : hash };
  await parts.journal.keepCard({ ...known, file, ...shown });
  return rest ? { again: { delay: rest } } : { done: true };
}

/** A card of the workspace, which is a notice, or one of the campaign. */
function cardOf(key: string, context: JobContext, world: ComposeContext): Card | null {
  const raised = context.notices.find((each) => each.key === key);
  return raised ? composeNotice(raised.notice) : composeCard(key, context, world);
}

/** Somebody deleted the message: it is not posted again. */
const gone = 'gone';
/** The platform cannot show all of it yet. */
const partly = 'partly';
/** In place of a message: one was about to be sent, and perhaps it was. The hash then says when. */
const perhaps = '';
const sinceOf = ({ hash }: ShownCard): number => Number(hash) || 0;

/**
 * The card as it is known to be shown; a send of which nobody knows the end is looked for in the place. Null: another
 * campaign shows its own there.
 */
async function knownCard({ place, key }: Sync, context: JobContext, parts: Parts): Promise<ShownCard | null> {
  const { stream, policy, now } = context;
  const known = await parts.journal.card(place, key);
  if (known && known.stream !== stream) return null;
  if (known && known.message !== perhaps) return known;
  const found = known ? await lookedFor(known, parts) : 'absent';
  if (found === 'unknown')
    throw new TryLater('message not yet known', { delay: policy.times.retry, sent: true });
  if (known && found !== 'absent') return { ...known, message: found.message };
  const first = { place, key, stream, message: perhaps, generation: 1, file: null };
  const attempt = { ...(known ?? first), hash: `${now()}` };
  await parts.journal.keepCard(attempt);
  return attempt;
}

const lookedFor = (known: ShownCard, { chats }: Parts) =>
  chatOf(chats, known.place).find(known.place, sendKey(known, known.generation), sinceOf(known));

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const hashOf = (card: Card): string => sha256(JSON.stringify(card));

/** Names one message to be: the same at every attempt to send it. Twenty-five characters, as Discord takes. */
const sendKey = ({ place, key }: { place: string; key: string }, generation: number): string =>
  sha256(`${place} ${key} ${generation}`).slice(0, 25);
