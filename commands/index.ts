import type { Command } from './command.ts';
import { video } from './video.ts';
import { videoBrand } from './video-brand.ts';
import { videoCampaigns } from './video-campaigns.ts';
import { videoCompare } from './video-compare.ts';
import { videoHelp } from './video-help.ts';
import { videoModels } from './video-models.ts';

/** The menu, in the order people see it. */
export const commands: readonly Command[] = [
  video,
  videoModels,
  videoCompare,
  videoCampaigns,
  videoBrand,
  videoHelp,
];
