import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Harm, type Part, partsOf, picturesIn } from '../campaign/screening.ts';
import type { Journal } from '../journal/journal.ts';
import { withFolder } from '../media/film.ts';
import type { Moderator } from '../providers/moderation.ts';
import type { Storage } from '../storage/storage.ts';
import { type Job, type JobContext, repeatable } from './job.ts';
import { refusalIn } from './refusal-in.ts';

interface Parts {
  moderator: Moderator;
  storage: Pick<Storage, 'fetchTo'>;
  journal: Pick<Journal, 'kept' | 'keep'>;
}

/**
 * Looks through everything a purchase is made of before money is spent on it. While the moderator cannot be reached
 * it is asked again until the deadline. After that, or at once where asking again cannot help, the purchase goes on
 * to providers that have rules of their own, and the record says so.
 */
export const moderate = (deps: Parts): Job<'moderate'> =>
  repeatable(async ({ of, n }, context) => {
    const parts = partsOf(context.campaign, { of, n });
    const looks = await Promise.allSettled(parts.map((part) => harmsIn(part, context, deps)));
    await context.sent();
    const bad = parts.findIndex((_, i) => found(looks[i]).length > 0);
    const part = parts[bad];
    if (part)
      return { outcome: { type: 'moderation.declined', of, n, ...whichOf(part), harms: found(looks[bad]) } };
    const failed = looks.find((each) => each.status === 'rejected');
    const unchecked = failed ? refusalIn(failed.reason).reason : null;
    return { outcome: { type: 'moderation.passed', of, n, pictures: picturesIn(parts), unchecked } };
  });

const found = (look: PromiseSettledResult<Harm[]> | undefined): Harm[] =>
  look?.status === 'fulfilled' ? look.value : [];

const whichOf = (part: Part) => {
  if (part.kind === 'words') return { what: 'words', reference: null } as const;
  const { reference } = part;
  return reference === null
    ? ({ what: 'still', reference } as const)
    : ({ what: 'reference', reference } as const);
};

const space = 'moderation';
const Remembered = z.array(Harm);

/** What is wrong with one thing; of the same words or bytes this workspace asks each moderator once. */
async function harmsIn(part: Part, context: JobContext, deps: Parts): Promise<Harm[]> {
  const { moderator, journal } = deps;
  const key = [context.workspace, moderator.name, part.kind, hashOf(part)].join(' ');
  const known = Remembered.safeParse(await journal.kept(space, key));
  if (known.success) return known.data;
  const harms = await ask(part, context, deps);
  await journal.keep(space, key, harms);
  return harms;
}

const hashOf = (part: Part): string =>
  part.kind === 'picture' ? part.picture.sha256 : createHash('sha256').update(part.words).digest('hex');

function ask(part: Part, { signal }: JobContext, { moderator, storage }: Parts): Promise<Harm[]> {
  if (part.kind === 'words') return moderator.words(part.words, signal);
  const { key, mime, sha256 } = part.picture;
  return withFolder(async (folder) => {
    const path = `${folder}/picture`;
    await storage.fetchTo(key, path);
    return moderator.picture({ path, mime, sha256 }, signal);
  });
}
