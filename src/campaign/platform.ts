import { z } from 'zod';
import type { Frame } from './file.ts';
import type { Aspect } from './model.ts';

export const PlatformName = z.enum(['instagram', 'tiktok', 'youtube', 'facebook', 'linkedin']);
export type PlatformName = z.infer<typeof PlatformName>;

/** What a platform wants of a clip. Lengths in seconds; `safe` are fractions of the frame it covers with its own signs. */
export interface Placement {
  aspect: Aspect;
  seconds: { from: number; to: number };
  safe: { top: number; right: number; bottom: number; left: number };
  style: string;
}

const open = { top: 0, right: 0, bottom: 0, left: 0 };

export const placements: Record<PlatformName, Placement> = {
  instagram: {
    aspect: '9:16',
    seconds: { from: 5, to: 90 },
    safe: { ...open, top: 0.08, bottom: 0.2 },
    style: 'vertical reel, bold and immediate',
  },
  tiktok: {
    aspect: '9:16',
    seconds: { from: 9, to: 60 },
    safe: { ...open, right: 0.12, bottom: 0.2 },
    style: 'vertical, a hook in the first second',
  },
  youtube: {
    aspect: '16:9',
    seconds: { from: 6, to: 60 },
    safe: open,
    style: 'widescreen, cinematic',
  },
  facebook: {
    aspect: '4:5',
    seconds: { from: 3, to: 60 },
    safe: open,
    style: 'readable without sound',
  },
  linkedin: {
    aspect: '16:9',
    seconds: { from: 3, to: 60 },
    safe: open,
    style: 'calm, businesslike, readable without sound',
  },
};

/** Output pixels of a finished clip. */
export const frames: Record<Aspect, Frame> = {
  '16:9': { width: 1280, height: 720 },
  '9:16': { width: 720, height: 1280 },
  '1:1': { width: 1080, height: 1080 },
  '4:5': { width: 1080, height: 1350 },
};
