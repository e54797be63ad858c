import type { APIUser } from '@discordjs/core';
import type { Command, Meant } from '../../../commands/command.ts';
import { refuse } from '../../campaign/refusal.ts';

/** Who decides on this one video, beside what the menu of all platforms has. */
export const approver = 'approver';
export const approverRole = 'approver-role';

export const opensVideo = ({ name }: Command): boolean => name === 'video';

/** What was meant, unless an app is to decide on it: that is refused. */
export const unlessByApps = (
  meant: Meant,
  people: readonly string[],
  users: Readonly<Record<string, APIUser>> = {},
): Meant => (people.some((id) => users[id]?.bot) ? { refuse: [refuse('approvers-unable')] } : meant);
