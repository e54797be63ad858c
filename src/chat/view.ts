import type { BrandKit } from '../campaign/brand-kit.ts';
import type { Campaign } from '../campaign/campaign.ts';
import type { Policy } from '../campaign/policy.ts';

/** What a card is made from: a campaign, and what its running effects show. */
export interface View {
  campaign: Campaign;
  /** Those of its workspace; left out, none. */
  kits?: readonly BrandKit[];
  /** What holds in its workspace; left out, what is usual. */
  policy?: Pick<Policy, 'stills'>;
  live: readonly { type: string; body: unknown; live: unknown }[];
}
