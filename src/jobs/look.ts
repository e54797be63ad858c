import { type Campaign, coloursOf } from '../campaign/campaign.ts';
import type { Look } from '../providers/video.ts';

/** The brand, as far as a model may see it. */
export const lookOf = (campaign: Campaign): Look => ({
  colours: coloursOf(campaign),
  title: campaign.brief.product ?? '',
  tagline: campaign.brief.tagline ?? '',
});
