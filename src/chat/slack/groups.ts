import { z } from 'zod';
import type { Call } from './client.ts';
import { slackError } from './trouble.ts';

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

/** Where a command was typed, as Slack tells it. */
export interface Here {
  id: string;
  name: string;
}

/** What it takes to know who is in there; null where nobody is to be asked that. */
export function scopeToRead({ id, name }: Here): 'channels:read' | 'groups:read' | null {
  if (!isChannel(id) || name.startsWith('mpdm-')) return null;
  return id.startsWith('G') || name === 'privategroup' ? 'groups:read' : 'channels:read';
}

type Group = z.infer<typeof Groups>['usergroups'][number];

/** What somebody may call them by. */
export const namesOf = (groups: readonly Group[]): string[] =>
  groups.flatMap(({ id, handle }) => [id, handle]);
/** What the groups are called that this person is in. */
export const ofPerson = (person: string, groups: readonly Group[] | null): string[] =>
  namesOf((groups ?? []).filter(({ users }) => users.includes(person)));

/** Whoever is in a channel is a group as well. */
export const isChannel = (group: string): boolean => /^[CG][A-Z0-9]{6,}$/.test(group);

const unreadable: ReadonlySet<string> = new Set(['missing_scope', 'channel_not_found', 'not_in_channel']);
const mayNotRead = (error: unknown): boolean => unreadable.has(slackError((error as Error).cause));

/** The user groups of a workspace; null where they may not be read. */
export async function groupsOf(call: Call) {
  try {
    return Groups.parse(await call('usergroups.list', { include_users: true })).usergroups;
  } catch (error) {
    if (mayNotRead(error)) return null;
    throw error;
  }
}

/** Who is in a channel; null where that may not be read. */
export async function membersOf(channel: string, call: Call): Promise<string[] | null> {
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
    if (mayNotRead(error)) return null;
    throw error;
  }
}
