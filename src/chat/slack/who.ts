import { z } from 'zod';
import type { Approvers } from '../../campaign/policy.ts';
import type { Who } from '../../campaign/review.ts';
import { Never } from '../../errors.ts';
import type { Suggestion } from '../chat.ts';
import type { Call } from './client.ts';
import { groupsOf, type Here, isChannel, membersOf, namesOf, ofPerson, scopeToRead } from './groups.ts';
import { isPerson } from './places.ts';

const User = z.object({
  user: z.object({
    id: z.string(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    team_id: z.string().nullish(),
    /** The workspaces of an organisation that they are in. */
    enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
    locale: z.string().optional(),
    tz: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});
/** Whoever manages another company's workspace, and shares a channel with us, manages nothing here. */
const isOf = (team: string, { team_id, enterprise_user }: z.infer<typeof User>['user']): boolean =>
  team_id === team || enterprise_user?.teams?.includes(team) === true;

/** Calls itself no app. */
const slackItself = 'USLACKBOT';

const fresh = 5 * 60_000;
const manyKnown = 10_000;

/**
 * Who somebody is, asked of Slack and believed for five minutes. Groups are user groups, by id and by handle, and
 * channels by their id. Fails closed: what may not be read is no membership and said to be unread, what cannot be known
 * just now is TryLater.
 */
export function newDirectory(clock: () => number) {
  const known = new Map<string, { value: Promise<unknown>; until: number }>();

  /** Asked once by all who want it at the same time; a failure is not remembered, nor what may not be read. */
  function remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const found = known.get(key);
    if (found && found.until > clock()) return found.value as Promise<T>;
    if (known.size > manyKnown) known.clear();
    const value = ask();
    known.set(key, { value, until: clock() + fresh });
    const forget = () => known.delete(key);
    value.then((found) => found === null && forget(), forget);
    return value;
  }

  const groupsIn = (team: string, call: Call) => remembered(`${team}/groups`, () => groupsOf(call));

  const membersIn = (team: string, channel: string, call: Call) =>
    remembered(`${team}/${channel}`, () => membersOf(channel, call));

  /** Those of the `named` that they belong to, and those nobody tells of: Slack is asked for no more than it takes. */
  async function among(
    named: readonly string[],
    person: string,
    team: string,
    call: Call,
  ): Promise<Pick<Who, 'groups' | 'unread'>> {
    const [channels, others] = [named.filter(isChannel), named.filter((one) => !isChannel(one))];
    const [all, members] = await Promise.all([
      others.length === 0 ? null : groupsIn(team, call),
      Promise.all(channels.map((channel) => membersIn(team, channel, call))),
    ]);
    const known = namesOf(all ?? []);
    const unread = [
      ...others.filter((one) => !known.includes(one)),
      ...channels.filter((_, n) => !members[n]),
    ];
    return {
      groups: [...ofPerson(person, all), ...channels.filter((_, n) => members[n]?.includes(person))],
      ...(unread.length > 0 && { unread }),
    };
  }

  const userOf = (team: string, person: string, call: Call) =>
    remembered(`${team}/${person}`, async () =>
      User.parse(await call('users.info', { user: person, include_locale: true })),
    );

  /** Those of these people who cannot decide anything here: apps, and whoever has left. */
  async function unable(people: readonly string[], team: string, call: Call): Promise<string[]> {
    const are = await Promise.all(people.map((one) => isAble(team, one, call)));
    return people.filter((_, n) => !are[n]);
  }

  async function isAble(team: string, person: string, call: Call): Promise<boolean> {
    if (!isPerson(person) || person === slackItself) return false;
    try {
      const { user } = await userOf(team, person, call);
      return !user.deleted && !user.is_bot;
    } catch (error) {
      // Whom Slack does not show us here: strangers of a shared channel, guests, and who never was.
      if (error instanceof Never && !error.isHouseTrouble) return false;
      throw error;
    }
  }

  /** `named`: the groups and people that matter; left out, all user groups. */
  async function who(person: string, team: string, call: Call, named?: Approvers): Promise<Who> {
    const [{ user }, { groups, unread }] = await Promise.all([
      userOf(team, person, call),
      named
        ? among(named.groups, person, team, call)
        : groupsIn(team, call).then((all) => ({ groups: ofPerson(person, all), unread: undefined })),
    ]);
    const manager = isOf(team, user) && !user.deleted && (user.is_admin === true || user.is_owner === true);
    // Only where somebody may have to stand in for them.
    const gone = manager && named ? await unable(named.people, team, call) : [];
    return {
      name: user.profile?.display_name || user.real_name || user.name || person,
      groups: user.deleted ? [] : groups,
      manager,
      ...(unread ? { unread } : {}),
      ...(gone.length > 0 && { unable: gone }),
      ...(user.locale ? { locale: user.locale } : {}),
      ...(user.tz ? { zone: user.tz } : {}),
    };
  }

  const scopesIn = (team: string, call: Call) =>
    remembered(`${team}/scopes`, async () => (await call('auth.test', {})).response_metadata?.scopes ?? null);

  /** Who can be named to decide, beside people: the user groups, and all who are here where that may be read. */
  async function deciders(team: string, call: Call, here?: Here): Promise<Suggestion[]> {
    const scope = here && scopeToRead(here);
    const [groups, scopes] = await Promise.all([
      groupsIn(team, call).catch(() => null),
      scope ? scopesIn(team, call).catch(() => null) : null,
    ]);
    const isReadable = here && scope && scopes?.includes(scope);
    return [
      ...(isReadable ? [{ value: here.id, label: 'Anyone in this channel' }] : []),
      ...(groups ?? []).map(({ id, handle }) => ({ value: id, label: `@${handle}` })),
    ];
  }

  return { who, unable, deciders };
}
