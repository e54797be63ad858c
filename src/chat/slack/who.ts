import { z } from 'zod';
import type { Who } from '../../campaign/review.ts';
import type { Suggestion } from '../chat.ts';
import type { Call } from './client.ts';
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

const Members = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const pageSize = 1_000;
const fresh = 5 * 60_000;
const manyKnown = 10_000;

/**
 * Who somebody is, asked of Slack and believed for five minutes. Groups are user groups, by id and by handle, and
 * channels by their id. Fails closed: what may not be read is no membership, what cannot be known just now is TryLater.
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

  const groupsOfPerson = async (person: string, team: string, call: Call): Promise<string[]> =>
    (await groupsIn(team, call))
      .filter(({ users }) => users.includes(person))
      .flatMap(({ id, handle }) => [id, handle]);

  const isIn = async (person: string, channel: string, team: string, call: Call): Promise<boolean> =>
    (await remembered(`${team}/${channel}`, () => membersOf(channel, call))).includes(person);

  /** Those of the `named` that they belong to: Slack is asked for no more than it takes. */
  async function among(
    named: readonly string[],
    person: string,
    team: string,
    call: Call,
  ): Promise<string[]> {
    const [channels, others] = [named.filter(isChannel), named.filter((one) => !isChannel(one))];
    const own = others.length === 0 ? [] : await groupsOfPerson(person, team, call);
    const inside = await Promise.all(channels.map((channel) => isIn(person, channel, team, call)));
    return [...own, ...channels.filter((_, n) => inside[n])];
  }

  /** `named`: the groups that matter; left out, all user groups. */
  async function who(person: string, team: string, call: Call, named?: readonly string[]): Promise<Who> {
    const [{ user }, groups] = await Promise.all([
      remembered(`${team}/${person}`, async () =>
        User.parse(await call('users.info', { user: person, include_locale: true })),
      ),
      named ? among(named, person, team, call) : groupsOfPerson(person, team, call),
    ]);
    return {
      name: user.profile?.display_name || user.real_name || user.name || person,
      groups: user.deleted ? [] : groups,
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

const isChannel = (group: string): boolean => /^[CG][A-Z0-9]{6,}$/.test(group);

const unreadable: ReadonlySet<string> = new Set(['missing_scope', 'channel_not_found', 'not_in_channel']);
const mayNotRead = (error: unknown): boolean => unreadable.has(slackError((error as Error).cause));

async function groupsOf(call: Call) {
  try {
    return Groups.parse(await call('usergroups.list', { include_users: true })).usergroups;
  } catch (error) {
    if (mayNotRead(error)) return [];
    throw error;
  }
}

async function membersOf(channel: string, call: Call): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  try {
    do {
      const page = Members.parse(
        await call('conversations.members', { channel, limit: pageSize, ...(cursor ? { cursor } : {}) }),
      );
      found.push(...page.members);
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor);
    return found;
  } catch (error) {
    if (mayNotRead(error)) return [];
    throw error;
  }
}
