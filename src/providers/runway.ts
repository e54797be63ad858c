import { z } from 'zod';
import type { Model } from '../campaign/model.ts';
import { Never } from '../errors.ts';
import type { GuardedDownload } from '../net/guarded-fetch.ts';
import { type Draft, draftOf } from './runway/body.ts';
import { openClients } from './runway/client.ts';
import { openDesk } from './runway/desk.ts';
import { urisOf } from './runway/picture.ts';
import { ofPurchase } from './runway/trouble.ts';
import type { Sending, VideoProvider } from './video.ts';

export interface RunwayOptions {
  apiKey: string;
  /** Runway's own where left out. */
  baseURL?: string;
  /** The catalogue's: its `slug`, or else its id, is Runway's name for it. */
  modelOf: (id: string) => Model | undefined;
  /** Brings finished films. */
  download: GuardedDownload;
  /** Milliseconds for one request. */
  timeout?: number;
  /** Milliseconds between two questions about one task: Runway wants no more. */
  pace?: number;
}

const Bought = z.object({ id: z.string().min(1) });

/**
 * Runway's own API. It lists no tasks, so a purchase of which nobody heard stays unconfirmed; whatever can be known
 * about a request that failed (that no connection came about) is therefore told apart with care.
 */
export function runwayVideo(options: RunwayOptions): VideoProvider {
  const { timeout = 30_000, pace = 5_000, download, modelOf } = options;
  const { buying, reading } = openClients({ ...options, timeout });
  const desk = openDesk({ client: reading, download, timeout, pace });

  /** One paid request; its pictures are with Runway or in the draft before. */
  async function buy(draft: Draft, uris: string[], { signal: caller, guard }: Sending): Promise<string> {
    await guard();
    // The SDK's own time limit ends with the headers.
    const signal = AbortSignal.any([caller, AbortSignal.timeout(timeout)]);
    try {
      return Bought.parse(await draft.send(buying, uris, { signal })).id;
    } catch (error) {
      throw ofPurchase(error);
    }
  }

  return {
    memory: 'never',
    async create(order, sending) {
      const draft = draftOf(order, known(order.model, modelOf));
      const uris = await urisOf(draft.pictures, reading, sending.signal);
      return { prediction: await buy(draft, uris, sending) };
    },
    find: async () => 'unknown',
    watch: desk.watch,
    cancel: desk.cancel,
    fetch: desk.bring,
  };
}

function known(id: string, modelOf: RunwayOptions['modelOf']): Model {
  const model = modelOf(id);
  if (!model) throw new Never('retired', `not in the catalogue: ${id}`);
  return model;
}
