import type { Doors } from '../chat/chat.ts';
import { Never } from '../errors.ts';
import type { Journal, Kept } from '../journal/journal.ts';
import type { Seal } from '../seal.ts';

type Keeper = Pick<Journal, 'kept' | 'keep' | 'keptKeys' | 'takeKept'>;

const aboutOf = (platform: string, key: string) => `${platform}\n${key}`;

/** A value as `keepFor` keeps it, for who writes it down together with something else. */
export function sealedFor(platform: string, key: string, value: unknown, seal: Seal | null): Kept {
  const isPlain = value === null || value === undefined || !seal;
  const kept = isPlain ? value : { sealed: seal.close(JSON.stringify(value), aboutOf(platform, key)) };
  return { space: platform, key, value: kept };
}

/** What one platform keeps, sealed about its platform and key: a row copied to another tenant does not open. */
export function keepFor(platform: string, journal: Keeper, seal: Seal | null): Doors['keep'] {
  const opened = (key: string, kept: unknown): unknown =>
    isSealed(kept) ? JSON.parse(sealOf(seal, kept.sealed).open(kept.sealed, aboutOf(platform, key))) : kept;
  return {
    async get(key) {
      const kept = await journal.kept(platform, key);
      const value = opened(key, kept);
      if (seal && isSealed(kept) && seal.keyOf(kept.sealed) !== seal.active) await this.put(key, value);
      return value;
    },
    put(key, value, workspace) {
      return journal.keep(platform, key, sealedFor(platform, key, value, seal).value, workspace);
    },
    list: (beginning) => journal.keptKeys(platform, beginning),
    async take(key) {
      // What does not open stays where it is: its operator can set the key again.
      opened(key, await journal.kept(platform, key));
      return opened(key, await journal.takeKept(platform, key));
    },
  };
}

const isSealed = (kept: unknown): kept is { sealed: string } =>
  typeof kept === 'object' && kept !== null && 'sealed' in kept && typeof kept.sealed === 'string';

function sealOf(seal: Seal | null, sealed: string): Seal {
  if (seal) return seal;
  const [id] = sealed.split('.', 1);
  throw new Never(
    'secret-key',
    `SECRET_KEYS is not set, but what is kept was sealed with the key “${id}”. Set it again.`,
  );
}

/** Says at start, not at the first message, that a key is missing. Throws Never(`secret-key`). */
export async function checkSeal(journal: Keeper, seal: Seal | null): Promise<void> {
  const canary = keepFor('seal', journal, seal);
  const sings = await canary.get('canary');
  if (seal && sings === null) await canary.put('canary', 'sings');
}
