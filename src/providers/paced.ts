import { TryLater } from '../errors.ts';
import type { Pace, Turn } from '../queue/pace.ts';
import type { StillProvider } from './still.ts';
import type { VideoProvider } from './video.ts';

/** How many orders a provider takes, as its documentation says; of the others a 429 tells. */
const orders: Record<string, Omit<Turn, 'key'>> = {
  // 600 a minute.
  replicate: { every: 100, burst: 30 },
};

/** Waits for a turn before an order leaves: all processes that share the pace share a provider's patience. */
function turnAt(name: string, pace: Pace): () => Promise<void> {
  const turn = orders[name];
  return async () => {
    const wait = turn ? await pace.take([{ key: `orders:${name}`, ...turn }]) : 0;
    if (wait > 0) throw new TryLater(`${name} is given time to breathe`, { delay: wait, sent: false });
  };
}

export function pacedVideo(name: string, provider: VideoProvider, pace: Pace): VideoProvider {
  const turn = turnAt(name, pace);
  return { ...provider, create: (...order) => turn().then(() => provider.create(...order)) };
}

export function pacedStill(name: string, provider: StillProvider, pace: Pace): StillProvider {
  const turn = turnAt(name, pace);
  return { ...provider, make: (...order) => turn().then(() => provider.make(...order)) };
}
