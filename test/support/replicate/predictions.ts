import { randomBytes } from 'node:crypto';

/** How a prediction ends when its time is up. */
export interface Ending {
  status: 'succeeded' | 'failed' | 'canceled';
  error?: string;
  output?: unknown;
}

export interface Kept {
  id: string;
  model: string;
  /** What it delivers. */
  file: 'mp4' | 'png';
  input: Record<string, unknown>;
  webhook: string | null;
  createdAt: number;
  startsAt: number;
  endsAt: number;
  deadline: number | null;
  canceledAt: number | null;
  ending: Ending;
  /** Never was when it was asked to be gone early. */
  removed: boolean;
}

const hour = 3_600_000;
const mostRun = 30 * 60_000;

export const newId = (): string => randomBytes(13).toString('hex');

/** "15s", "1m", "1h" as milliseconds; undefined where it is none. */
export function duration(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  const [, amount, unit = ''] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  const each = { s: 1000, m: 60_000, h: hour }[unit];
  return amount === undefined || each === undefined ? undefined : Number(amount) * each;
}

interface State {
  status: 'starting' | 'processing' | 'aborted' | Ending['status'];
  startedAt: number | null;
  endedAt: number | null;
}

export function stateOf(kept: Kept, now: number): State {
  const { startsAt, deadline, canceledAt } = kept;
  const cut = Math.min(deadline ?? Infinity, canceledAt ?? Infinity, startsAt + mostRun);
  const end = Math.min(cut, kept.endsAt);
  if (now < Math.min(startsAt, end)) return { status: 'starting', startedAt: null, endedAt: null };
  if (cut < startsAt) {
    const status = cut === canceledAt ? 'canceled' : 'aborted';
    return { status, startedAt: null, endedAt: cut };
  }
  if (now < end) return { status: 'processing', startedAt: startsAt, endedAt: null };
  const status = end === kept.endsAt ? kept.ending.status : 'canceled';
  return { status, startedAt: startsAt, endedAt: end };
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** As the API tells it. An hour after its end nothing is left of what went in and out. */
export function told(kept: Kept, now: number, base: string): Record<string, unknown> {
  const { status, startedAt, endedAt } = stateOf(kept, now);
  const removed = kept.removed || (endedAt !== null && now > endedAt + hour);
  const ended = endedAt !== null && startedAt !== null;
  return {
    id: kept.id,
    model: kept.model,
    version: 'hidden',
    input: removed ? {} : kept.input,
    output: removed || status !== 'succeeded' ? null : kept.ending.output,
    error: status === 'failed' ? (kept.ending.error ?? 'something went wrong (E1000)') : null,
    logs: removed ? '' : `Running on ${kept.model}\n`,
    status,
    source: 'api',
    data_removed: removed,
    created_at: iso(kept.createdAt),
    ...(startedAt === null ? {} : { started_at: iso(startedAt) }),
    ...(endedAt === null ? {} : { completed_at: iso(endedAt) }),
    ...(kept.deadline === null ? {} : { deadline: iso(kept.deadline) }),
    ...(ended ? { metrics: { predict_time: (endedAt - startedAt) / 1000 } } : {}),
    ...(kept.webhook === null ? {} : { webhook: kept.webhook }),
    urls: {
      get: `${base}/predictions/${kept.id}`,
      cancel: `${base}/predictions/${kept.id}/cancel`,
      web: `https://replicate.com/p/${kept.id}`,
    },
  };
}
