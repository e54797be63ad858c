import { withFolder } from '../../media/film.ts';
import { makeFilm } from './film.ts';
import { framesOf } from './shoot.ts';
import type { Kept, Shop } from './shop.ts';

/** The films that this process is making now. */
export interface Darkroom {
  /** Share of frames written, 0–1; begins the work where nobody did. */
  develop(order: Kept): number;
  isBusyWith(prediction: string): boolean;
  /** Stops the work and tells how far it came. */
  stop(prediction: string): number;
  /** Whether the work came to nothing. */
  failed(prediction: string): boolean;
}

interface Work {
  written: number;
  frames: number;
  state: 'working' | 'done' | 'failed';
  abort: AbortController;
}

export function openDarkroom(shop: Shop, scale: number): Darkroom {
  const works = new Map<string, Work>();
  const share = (work: Work | undefined) => (work ? Math.min(1, work.written / work.frames) : 0);
  return {
    develop(order) {
      const known = works.get(order.prediction);
      if (known) return share(known);
      const work: Work = {
        written: 0,
        frames: framesOf(order.order.seconds),
        state: 'working',
        abort: new AbortController(),
      };
      works.set(order.prediction, work);
      void expose(order, work, shop, scale);
      return 0;
    },
    isBusyWith: (prediction) => works.get(prediction)?.state === 'working',
    stop(prediction) {
      const work = works.get(prediction);
      work?.abort.abort();
      return share(work);
    },
    failed: (prediction) => works.get(prediction)?.state === 'failed',
  };
}

/** Never rejects: `watch` tells how it went. */
async function expose({ order, prediction }: Kept, work: Work, shop: Shop, scale: number): Promise<void> {
  const onFrames = (written: number) => {
    work.written = written;
  };
  try {
    await withFolder(async (folder) => {
      const film = await makeFilm(order, folder, { scale, signal: work.abort.signal, onFrames });
      await shop.shelve(prediction, film);
    });
    work.state = 'done';
  } catch {
    work.state = 'failed';
  }
}
