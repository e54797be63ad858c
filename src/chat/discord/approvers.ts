import type { Command } from '../../../commands/command.ts';

/** Who decides on this one video, beside what the menu of all platforms has. */
export const approver = 'approver';
export const approverRole = 'approver-role';

export const opensVideo = ({ name }: Command): boolean => name === 'video';
