import { z } from 'zod';
import type { Keep } from '../chat.ts';
import { sureBytes, tierBytes } from './limits.ts';
import { memoryOf } from './memory.ts';

/** Bytes a file may have, and when that was seen. Boosts come and go: after a day nobody vouches for it. */
const Seen = z.object({ bytes: z.number(), at: z.number() });
type Seen = z.infer<typeof Seen>;

const vouched = 86_400_000;
/** Seen again so long after, it is written down again. */
const betweenNotes = 3_600_000;

interface Parts {
  keep: Keep;
  clock: () => number;
  /** How far a server is boosted. */
  tierOf(guild: string): Promise<number>;
}

/** How large a file a server takes from us; Discord says so only to people. */
export function fileLimits({ keep, clock, tierOf }: Parts) {
  const { remember, remembered } = memoryOf(clock);
  /** What a server refused to take, by us, since we began. */
  const refused = new Map<string, Seen>();
  const vouches = ({ at }: Seen): boolean => clock() - at < vouched;

  const told = (guild: string): Promise<Seen | null> =>
    remembered(guild, async () => Seen.safeParse(await keep.get(`bytes/${guild}`)).data ?? null);

  return {
    /** Bytes a file in this server may have: what it told, what it refused, what its boosts allow. */
    async limit(guild: string): Promise<number> {
      const [tier, least] = await Promise.all([tierOf(guild), told(guild)]);
      const allowed = Math.min(least?.bytes ?? sureBytes, tierBytes(tier));
      const no = refused.get(guild);
      return no && vouches(no) ? Math.min(allowed, no.bytes) : allowed;
    },
    /** So many bytes were too many. */
    refuses(guild: string, bytes: number): void {
      refused.set(guild, { bytes, at: clock() });
    },
    /** The larger of what a person and their server may send; so the server's share is no more than the least of a day. */
    async tells(guild: string, bytes: number): Promise<void> {
      const before = await told(guild);
      const now = { bytes, at: clock() };
      if (before && vouches(before) && !isNews(before, now)) return;
      await remember(guild, Promise.resolve(now));
      await keep.put(`bytes/${guild}`, now, guild);
    },
  };
}

const isNews = (before: Seen, now: Seen): boolean =>
  now.bytes < before.bytes || (now.bytes === before.bytes && now.at - before.at > betweenNotes);
