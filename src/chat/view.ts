import type { Campaign } from '../campaign/campaign.ts';

/** What a card is made from: a campaign, and what its running effects show. */
export interface View {
  campaign: Campaign;
  live: readonly { type: string; body: unknown; live: unknown }[];
}
