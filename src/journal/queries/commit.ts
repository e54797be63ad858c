import type { Committed, Step } from '../journal.ts';
import { db, type Query, statement } from '../query.ts';
import { hide, type Texts } from '../texts.ts';
import { end, newEffect } from './effects.ts';
import { enter } from './inbox.ts';
import { keep } from './kept.ts';
import { append } from './ledger.ts';
import { post } from './money.ts';
import { moveHead } from './move-head.ts';
import { keepTexts } from './words.ts';

interface EventRow {
  stream: string;
  seq: number;
  workspace: string;
  type: string;
  v: number;
  at: number;
  body: string;
}

const newEvent = statement(({ stream, seq, workspace, type, v, at, body }: EventRow) =>
  db.insertInto('event').values({ stream, seq, workspace, type, v, at, body }),
);

// Of one event; more would only be handed out in another order.
const mostEffects = 1000;

/**
 * One step. Whatever it answers but `committed`, the driver must roll back what was done on the way. Rows are
 * locked in one order: incoming, effect, head, accounts, what is kept.
 */
export function* commit(step: Step, now: number): Query<Committed> {
  const seen = step.incoming && (yield* enter(step.workspace, step.incoming, now));
  if (seen) return { kind: 'seen', answer: seen.answer };
  if (step.finishes && !(yield* end({ ...step.finishes, state: 'done' }, now))) return { kind: 'lost' };
  const texts: Texts = new Map();
  const blocked = yield* moveHead(step, hide(step.head.snapshot, texts), now);
  if (blocked) return blocked;
  yield* writeEvents(step, texts, now);
  const short = yield* post(step);
  if (short) return short;
  yield* append(step, texts, now);
  yield* keepTexts(step.stream, texts);
  for (const { space, key, value } of step.keeps ?? []) yield* keep(space, key, value, step.workspace);
  return { kind: 'committed', version: step.expected + step.events.length };
}

function* writeEvents({ stream, workspace, expected, events }: Step, texts: Texts, now: number): Query<void> {
  for (const [i, { type, v, body, effects }] of events.entries()) {
    const seq = expected + 1 + i;
    yield newEvent({ stream, seq, workspace, type, v, at: now, body: hide(body, texts) });
    for (const [n, effect] of effects.entries()) {
      const placed = { id: `${stream}/${seq}/${n + 1}`, nth: seq * mostEffects + n, stream, workspace };
      yield newEffect({ ...effect, ...placed }, now);
    }
  }
}
