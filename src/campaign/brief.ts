import type { StillQuality, StillStyle } from './model.ts';
import type { PlatformName } from './platform.ts';
import type { TemplateName } from './template.ts';

/** The document that opens the work. What a person wrote is kept in properties named `words`. */
export interface Brief {
  words: string;
  template: TemplateName | null;
  platform: PlatformName | null;
  product: string | null;
  tagline: string | null;
  description: { words: string } | null;
  musts: readonly { words: string }[];
  mustNots: readonly { words: string }[];
}

/** What was asked of the stills; null: what is usual. */
export interface StillSettings {
  model: string | null;
  quality: StillQuality | null;
  style: StillStyle | null;
  count: number | null;
}

/** How the clip is to be made. `verbatim`: the person's words go to the model as they are. */
export interface Settings {
  model: string;
  /** Somebody asked for this very model; else the best one is looked for whenever the need changes. */
  named: boolean;
  seconds: number;
  aspect: '16:9' | '9:16' | '1:1' | '4:5';
  verbatim: boolean;
  still: StillSettings;
}

export const usualStill: StillSettings = { model: null, quality: null, style: null, count: null };
