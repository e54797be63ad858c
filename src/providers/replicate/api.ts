import Replicate from 'replicate';
import { z } from 'zod';
import { Never } from '../../errors.ts';
import { type Line, openLine } from './line.ts';
import { inOurWords, type Stake, statusOf } from './trouble.ts';

export interface ReplicateAccess {
  token: string;
  /** `https://api.replicate.com/v1` where left out. */
  baseUrl?: string;
  /** Milliseconds for one request; 30,000 where left out. */
  timeout?: number;
}

const text = z.string().nullish().catch(null);

export const Prediction = z.object({
  id: z.string().min(1),
  model: z.string().catch(''),
  status: z.string(),
  input: z.record(z.string(), z.unknown()).catch({}),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  logs: text,
  data_removed: z.boolean().catch(false),
  created_at: text,
  started_at: text,
  completed_at: text,
  metrics: z.object({ predict_time: z.number().optional() }).nullish().catch(null),
  webhook: text,
});
export type Prediction = z.infer<typeof Prediction>;

const Page = z.object({ results: z.array(Prediction), next: z.string().nullish() });
const Uploaded = z.object({ urls: z.object({ get: z.url() }) });
const Described = z.object({
  description: text,
  latest_version: z.object({ openapi_schema: z.unknown().optional() }).nullish(),
});

/** What is sent for a paid prediction. */
interface Create {
  slug: string;
  input: Record<string, unknown>;
  webhook: string | null;
  /** Minutes until the provider gives it up. */
  cancelAfter: number;
}

interface Sending {
  signal: AbortSignal;
  guard: () => Promise<void>;
}

export type Api = ReturnType<typeof replicateApi>;

/**
 * Replicate's HTTP interface, through its SDK. One call is one request: throws TryLater and Never, with `sent` as
 * `VideoProvider.create` promises it for `create`; a look never throws Never.
 */
export function replicateApi(access: ReplicateAccess) {
  const look = <T>(shape: z.ZodType<T>, use: Use) => ask(access, { stake: 'look' }, shape, use);
  return {
    create: ({ slug, input, webhook, cancelAfter }: Create, sending: Sending): Promise<Prediction> =>
      ask(access, { stake: 'paid', ...sending }, Prediction, (client) =>
        // Not `predictions.create`, which puts what it does not know into the body and takes no header.
        read(client, `/models/${slug}/predictions`, {
          method: 'POST',
          headers: { 'Cancel-After': `${cancelAfter}m` },
          data: { input, ...(webhook === null ? {} : { webhook, webhook_events_filter: ['completed'] }) },
        }),
      ),
    upload: (file: File, signal: AbortSignal): Promise<string> =>
      ask(access, { stake: 'unpaid', signal }, Uploaded, (client) => client.files.create(file)).then(
        ({ urls }) => urls.get,
      ),
    prediction: (id: string): Promise<Prediction> =>
      look(Prediction, (client) => client.predictions.get(encodeURIComponent(id))),
    cancel: (id: string): Promise<unknown> =>
      look(z.unknown(), (client) => client.predictions.cancel(encodeURIComponent(id)).catch(ifOver)),
    page: (params: Record<string, string>) =>
      look(Page, (client) => read(client, '/predictions', { method: 'GET', params })),
    pageAt: (next: string) => look(Page, (client) => read(client, ours(next, client), { method: 'GET' })),
    /** Null where there is no such model, or no more. */
    model: (slug: string) =>
      look(Described.nullable(), (client) =>
        read(client, `/models/${slug}`, { method: 'GET' }).catch(ifGone),
      ),
    /** What webhooks are signed with. */
    webhookSecret: (): Promise<string> =>
      look(z.object({ key: z.string() }), (client) => client.webhooks.default.secret.get()).then(
        ({ key }) => key,
      ),
  };
}

type Use = (client: Replicate) => Promise<unknown>;

async function ask<T>(
  { token, baseUrl, timeout = 30_000 }: ReplicateAccess,
  { stake, signal = AbortSignal.any([]), guard }: { stake: Stake } & Partial<Sending>,
  shape: z.ZodType<T>,
  use: Use,
): Promise<T> {
  const line: Line = openLine({ signal, timeout, ...(guard ? { guard } : {}) });
  const client = new Replicate({
    auth: token,
    fetch: line.fetch,
    useFileOutput: false,
    userAgent: 'Dailies',
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
  try {
    return shape.parse(await use(client));
  } catch (error) {
    throw inOurWords(error, stake, line);
  }
}

const read = async (client: Replicate, ...asked: Parameters<Replicate['request']>): Promise<unknown> =>
  (await client.request(...asked)).json();

/** Calling back what has ended or is unknown is no trouble: `watch` tells how it ended. */
function ifOver(error: unknown): null {
  if ([400, 404, 409, 410, 422].includes(statusOf(error) ?? 0)) return null;
  throw error;
}

function ifGone(error: unknown): null {
  if ([404, 410].includes(statusOf(error) ?? 0)) return null;
  throw error;
}

/** The key goes with every page: it leaves for no other host than ours. */
function ours(next: string, { baseUrl }: Replicate & { baseUrl?: string }): URL {
  const url = new URL(next);
  if (url.origin !== new URL(baseUrl ?? '').origin)
    throw new Never('provider-error', 'a page on another host');
  return url;
}
