import { type Catalogue, findModel, stillPrice, takePrice } from '../campaign/model.ts';
import type { Harm } from '../campaign/screening.ts';
import type { LanguageProvider } from '../providers/language.ts';
import type { Moderator } from '../providers/moderation.ts';
import { sampleLanguage } from '../providers/sample/language.ts';
import { sampleModerator } from '../providers/sample/moderation.ts';
import { sampleStill } from '../providers/sample/still.ts';
import { sampleVideo } from '../providers/sample/video.ts';
import type { StillProvider } from '../providers/still.ts';
import type { VideoProvider } from '../providers/video.ts';

export interface SampleOptions {
  /** Seconds in the queue, and seconds a run takes at least. */
  wait?: { queue: number; run: number };
  /** Size of what is rendered against its full size. */
  scale?: number;
  /** Pictures, by their SHA-256, that the sample moderator declines. */
  denied?: ReadonlyMap<string, Harm>;
  onSent?: (name: 'create' | 'still') => void | Promise<void>;
}

/** Long enough to see the queue and the progress, short enough to stay awake. */
const usualWait = { queue: 1, run: 2 };

/** The providers that need no account: language, stills and film made on this machine. */
export function samples(
  options: SampleOptions & { folder: string; clock: () => number; catalogue: Catalogue },
): {
  language: LanguageProvider;
  moderator: Moderator;
  stills: (model: string) => StillProvider;
  videos: (model: string) => VideoProvider;
} {
  const { folder, clock, catalogue, denied, onSent, scale } = options;
  const model = (id: string) => findModel(catalogue, id);
  const common = { folder, clock, ...(scale ? { scale } : {}), ...(onSent ? { onSent } : {}) };
  const price = (id: string, seconds: number) => takePrice(model(id) ?? stand, seconds);
  const video = sampleVideo({ ...common, price, wait: options.wait ?? usualWait });
  const still = sampleStill({ ...common, price: (id: string) => stillPrice(model(id) ?? stand) });
  return {
    language: sampleLanguage(),
    moderator: sampleModerator(denied),
    stills: () => still,
    videos: () => video,
  };
}

/** A model that has left the catalogue while its order was under way costs nothing here. */
const stand = { price: {} } as Parameters<typeof takePrice>[0];
