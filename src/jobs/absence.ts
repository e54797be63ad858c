import { z } from 'zod';
import { TryLater } from '../errors.ts';
import type { JobContext } from './job.ts';

/** What a purchase shows of itself: when its request left at the latest, and since when it is not found. */
const Trace = z.object({ sentAt: z.int().optional(), absentSince: z.int().optional() });
type Trace = z.infer<typeof Trace>;

const traceOf = (shown: unknown): Trace => Trace.safeParse(shown).data ?? {};

/** When its request left at the latest: written down before, so where there is none, none ever did. */
export const sentAt = ({ shown }: Pick<JobContext, 'shown'>): number | null => traceOf(shown).sentAt ?? null;

export const wasSent = (context: Pick<JobContext, 'shown'>): boolean => sentAt(context) !== null;

/** Whether its provider may still come to tell what became of it. */
export const mayStillShow = ({ shown, now, policy }: JobContext): boolean => {
  const { lag, settle } = policy.times;
  return now() - (traceOf(shown).sentAt ?? 0) < lag + settle;
};

/**
 * Resolves once a list that is late proves that something was not bought: it may be late for `lag`, and then two looks
 * must agree, the settle window apart. Throws TryLater until then.
 */
export async function provenAbsent({ shown, now, policy, show }: JobContext, card: string): Promise<void> {
  const { lag, settle } = policy.times;
  const { absentSince, ...trace } = traceOf(shown);
  const early = (trace.sentAt ?? 0) + lag - now();
  if (early > 0) throw later('too early to prove that nothing was bought', early);
  if (absentSince !== undefined && now() - absentSince >= settle) return;
  if (absentSince === undefined) await show({ ...trace, absentSince: now() }, card);
  throw later('absent once, looking again', settle);
}

const later = (message: string, delay: number) => new TryLater(message, { delay, sent: true });
