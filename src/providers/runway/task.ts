import { z } from 'zod';
import { TryLater } from '../../errors.ts';
import type { Progress } from '../video.ts';

const credits = z.object({ credits: z.number().nonnegative() });
const underway = { estimatedCost: credits };

/** A task as Runway tells it. */
const Task = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['PENDING', 'THROTTLED']), ...underway }),
  z.object({ status: z.literal('RUNNING'), progress: z.number(), ...underway }),
  z.object({ status: z.literal('SUCCEEDED'), output: z.array(z.string()), cost: credits }),
  z.object({
    status: z.literal('FAILED'),
    failure: z.string().catch(''),
    failureCode: z.string().catch(''),
    cost: credits,
  }),
  z.object({ status: z.literal('CANCELLED'), cost: credits }),
]);
export type Task = z.infer<typeof Task>;

/** @throws TryLater where the answer is no task: the next one may be */
export function readTask(answer: unknown): Task {
  const read = Task.safeParse(answer);
  if (read.success) return read.data;
  throw new TryLater('no task in the answer', { delay: 5_000, sent: false, cause: read.error });
}

/** How a task goes. The task itself is the output's name: its URLs are secrets and die within a day. */
export function progressOf(id: string, task: Task): Progress {
  switch (task.status) {
    case 'PENDING':
    case 'THROTTLED':
      return { state: 'queued', position: null };
    case 'RUNNING':
      return { state: 'running', fraction: Math.min(1, Math.max(0, task.progress)) };
    case 'SUCCEEDED':
      return task.output.length > 0
        ? { state: 'succeeded', output: id, cost: micros(task.cost) }
        : { state: 'failed', reason: 'expired', cost: micros(task.cost) };
    case 'FAILED':
      return { state: 'failed', reason: reasonOf(task), cost: micros(task.cost) };
    case 'CANCELLED':
      return { state: 'canceled', cost: micros(task.cost) };
  }
}

/** A credit is a cent. */
export const micros = (cost: { credits: number }): number => Math.ceil(cost.credits * 10_000);

type Reason = Extract<Progress, { state: 'failed' }>['reason'];

/** The codes have prefixes that mean something; what follows them is for diagnosis alone. */
function reasonOf({ failureCode: code, failure }: { failureCode: string; failure: string }): Reason {
  if (code.startsWith('SAFETY.OUTPUT')) return 'moderation-output';
  if (code.startsWith('SAFETY') || code.startsWith('INPUT_PREPROCESSING.SAFETY')) return 'moderation-input';
  if (code.startsWith('THIRD_PARTY.UNAVAILABLE')) return 'outage';
  if (code === '' && /moderat/i.test(failure)) return 'moderation-input';
  return 'provider-error';
}
