import { z } from 'zod';
import type { Who } from '../../campaign/review.ts';
import type { Suggestion } from '../chat.ts';
import type { Call } from './client.ts';
import type { Spot } from './places.ts';
import { slackError } from './trouble.ts';

const User = z.object({
  user: z.object({
    id: z.string(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    deleted: z.boolean().optional(),
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    locale: z.string().optional(),
    tz: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});
const Groups = z.object({
  usergroups: z.array(
    z.object({ id: z.string(), handle: z.string(), users: z.array(z.string()).default([]) }),
  ),
});

const fresh = 5 * 60_000;
const manyKnown = 10_000;

/**
 * Who somebody is, asked of Slack and believed for five minutes. Groups are user groups, by id and by handle, and the
 * channel itself. Fails closed: what may not be read is no membership, what cannot be known just now is TryLater.
 */
export function newDirectory(clock: () => number) {
  const known = new Map<string, { value: Promise<unknown>; until: number }>();

  /** Asked once by all who want it at the same time; a failure is not remembered. */
  function remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const found = known.get(key);
    if (found && found.until > clock()) return found.value as Promise<T>;
    if (known.size > manyKnown) known.clear();
    const value = ask();
    known.set(key, { value, until: clock() + fresh });
    value.catch(() => known.delete(key));
    return value;
  }

  const groupsIn = (team: string, call: Call) => remembered(`${team}/groups`, () => groupsOf(call));

  async function who(person: string, { team, channel }: Spot, call: Call): Promise<Who> {
    const [{ user }, groups] = await Promise.all([
      remembered(`${team}/${person}`, async () =>
        User.parse(await call('users.info', { user: person, include_locale: true })),
      ),
      groupsIn(team, call),
    ]);
    const own = groups
      .filter(({ users }) => users.includes(person))
      .flatMap(({ id, handle }) => [id, handle]);
    return {
      name: user.profile?.display_name || user.real_name || user.name || person,
      groups: user.deleted ? [] : [...own, channel],
      manager: !user.deleted && (user.is_admin === true || user.is_owner === true),
      ...(user.locale ? { locale: user.locale } : {}),
      ...(user.tz ? { zone: user.tz } : {}),
    };
  }

  return {
    who,
    /** The user groups of a workspace, to choose approvers from. */
    groups: async (team: string, call: Call): Promise<Suggestion[]> =>
      (await groupsIn(team, call)).map(({ id, handle }) => ({ value: id, label: `@${handle}` })),
  };
}

async function groupsOf(call: Call) {
  try {
    return Groups.parse(await call('usergroups.list', { include_users: true })).usergroups;
  } catch (error) {
    if (slackError((error as Error).cause) === 'missing_scope') return [];
    throw error;
  }
}
