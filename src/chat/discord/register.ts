import type {
  API,
  APIApplicationCommand,
  RESTPutAPIApplicationCommandsJSONBody,
  RESTPutAPIApplicationGuildCommandsJSONBody,
} from '@discordjs/core';
import { registration } from './commands.ts';

type Local = RESTPutAPIApplicationGuildCommandsJSONBody;
type Menu = RESTPutAPIApplicationCommandsJSONBody;

/** `unchanged`: Discord has exactly this already, so nothing was sent. */
export type Registered = { kind: 'unchanged' | 'changed'; commands: number };

/** Brings the menu of all servers, or of one, up to date. */
export async function register(api: API, application: string, guild: string | null): Promise<Registered> {
  const wanted = guild ? registration().map(inOneServer) : registration();
  const { applicationCommands: menu } = api;
  const told = { with_localizations: true };
  const there = guild
    ? (await menu.getGuildCommands(application, guild, told)).map(inOneServer)
    : await menu.getGlobalCommands(application, told);
  if (sameAs(there) === sameAs(wanted)) return { kind: 'unchanged', commands: wanted.length };
  if (guild) await menu.bulkOverwriteGuildCommands(application, guild, wanted as Local);
  else await menu.bulkOverwriteGlobalCommands(application, wanted);
  return { kind: 'changed', commands: wanted.length };
}

/** There it goes without saying where it can be used. */
const inOneServer = <T extends Menu[number] | APIApplicationCommand>(command: T): T => {
  const { contexts: _, integration_types: __, ...rest } = command;
  return rest as T;
};

/** Of which application the token is. */
export const applicationOf = async (api: API): Promise<string> => (await api.applications.getCurrent()).id;

/** What Discord keeps of its own, and what it fills in. */
const theirs: ReadonlySet<string> = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'default_permission',
  'dm_permission',
  'name_localized',
  'description_localized',
  'handler',
]);

/** In one spelling: without what Discord adds, without what means nothing, in one order. */
function sameAs(menu: readonly unknown[] | Menu): string {
  const commands = menu.map(plain) as { name?: string }[];
  return JSON.stringify(commands.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '')));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(([key, one]) => !theirs.has(key) && !isNothing(key, one))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, one]) => [key, plain(one)]);
  return Object.fromEntries(entries);
}

/** Discord says so where we say nothing, or the other way about. */
const isNothing = (key: string, value: unknown): boolean =>
  value === null ||
  value === false ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (key === 'type' && value === 1);
