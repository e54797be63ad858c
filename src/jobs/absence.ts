import { z } from 'zod';
import { TryLater } from '../errors.ts';
import type { JobContext } from './job.ts';

/** What a purchase shows of itself: when its request left at the latest, and since when it is not found. */
const Trace = z.object({ sentAt: z.int().optional(), absentSince: z.int().optional() });
type Trace = z.infer<typeof Trace>;

const traceOf = (shown: unknown): Trace => Trace.safeParse(shown).data ?? {};

/** Its instant is written down before a paid request leaves: without one, none ever did. */
export const wasSent = ({ shown }: Pick<JobContext, 'shown'>): boolean => traceOf(shown).sentAt !== undefined;

/**
 * Resolves once a list that is late proves that something was not bought: it may be late for `lag`, and then two looks
 * must agree, the settle window apart. Throws TryLater until then.
 */
export async function provenAbsent({ shown, now, policy, show }: JobContext, card: string): Promise<void> {
  const { lag, settle } = policy.times;
  const { sentAt, absentSince } = traceOf(shown);
  const early = (sentAt ?? 0) + lag - now();
  if (early > 0) throw later('too early to prove that nothing was bought', early);
  if (absentSince !== undefined && now() - absentSince >= settle) return;
  if (absentSince === undefined) await show({ sentAt, absentSince: now() }, card);
  throw later('absent once, looking again', settle);
}

const later = (message: string, delay: number) => new TryLater(message, { delay, sent: true });
