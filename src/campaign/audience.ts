import type { Campaign } from './campaign.ts';
import type { Policy } from './policy.ts';

/** Who asks what there is, and where they ask. */
export interface Onlooker {
  person: string;
  place: string;
}

/**
 * Whether a campaign is somebody's business: it lives where they ask, or they asked for it, or they were named to
 * decide on it. Of any other channel nobody here knows who may look into it.
 */
export function concerns(campaign: Campaign, { person, place }: Onlooker, policy: Policy): boolean {
  const { approvers } = campaign.review?.policy ?? { approvers: campaign.approvers ?? policy.approvers };
  return person === campaign.requester || approvers.people.includes(person) || livesIn(campaign, place);
}

/** A conversation may name its channel (`slack:T1/C1/17.1`); where it does not, it is in the one it was asked for in. */
function livesIn({ place, channel }: Campaign, here: string): boolean {
  const home = channelOf(place ?? channel);
  return channelOf(here) === home || (home === place && here === channel);
}

const channelOf = (place: string): string => /^[^/]*\/[^/]*(?=\/)/.exec(place)?.[0] ?? place;
