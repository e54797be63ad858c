import type { BrandKit } from '../campaign/brand-kit.ts';
import type { Campaign } from '../campaign/campaign.ts';

/** What a card is made from: a campaign, and what its running effects show. */
export interface View {
  campaign: Campaign;
  /** Those of its workspace; left out, none. */
  kits?: readonly BrandKit[];
  live: readonly { type: string; body: unknown; live: unknown }[];
}
