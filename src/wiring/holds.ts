import type { Holds } from '../chat/chat.ts';
import type { Journal } from '../journal/journal.ts';

/** Milliseconds: two that are missed in a row may still be made up for. */
const lease = 15_000;

/** What this process, known as `holder`, does for a platform while no other may. */
export const holdsOf = (
  platform: string,
  journal: Pick<Journal, 'hold' | 'letGo'>,
  holder: string,
): Holds => ({
  lease,
  take: (name) => journal.hold({ name: `${platform}/${name}`, holder, lease }),
  letGo: async (name) => void (await journal.letGo({ name: `${platform}/${name}`, holder })),
});
