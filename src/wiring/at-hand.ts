import type { Campaign } from '../campaign/campaign.ts';
import { byPeople } from '../campaign/event.ts';
import { openStatuses } from '../campaign/status.ts';
import type { AtHand, Incoming, Video } from '../chat/chat.ts';
import type { Head, Journal } from '../journal/journal.ts';

type Said = Pick<Incoming, 'workspace' | 'person'> & { place: string };

interface World {
  journal: Journal;
  clock: () => number;
}

const lookedAt = 200;

/** Milliseconds. Who comes back later begins something new. */
const rest = 24 * 60 * 60_000;

/** `told`: the campaign that this was told to already, whatever has changed since. */
export async function atHand(said: Said, told: string | null, { journal, clock }: World): Promise<AtHand> {
  const heads = await openOnes(said, journal);
  const lively = heads.filter(({ updatedAt }) => clock() - updatedAt < rest);
  const [last = null] = heads;
  const meant = told === null ? (lively[0] ?? null) : await journal.head(`campaign:${told}`);
  return {
    meant: meant && videoOf(meant),
    among: lively.map(videoOf),
    resting: last && lively.length === 0 ? videoOf(last) : null,
  };
}

/** Of those that live nowhere yet, the ones that are to live there. */
async function openOnes({ workspace, person, place }: Said, journal: Journal): Promise<Head[]> {
  const of = { workspace, person, place, kind: 'campaign', types: byPeople };
  const heads = await journal.headsWithin({ ...of, statuses: openStatuses, limit: lookedAt });
  const isToBeThere = ({ channel }: Campaign) => channel === place || channel.startsWith(`${place}/`);
  return heads.filter((head) => head.place !== null || isToBeThere(campaignIn(head)));
}

const campaignIn = ({ snapshot }: Head): Campaign => (snapshot as { state: Campaign }).state;

const videoOf = ({ stream, title, place }: Head): Video => ({
  campaign: stream.slice('campaign:'.length),
  title,
  place,
});
