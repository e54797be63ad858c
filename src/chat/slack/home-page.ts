import { setTimeout as pause } from 'node:timers/promises';
import { type Approvers, nobody } from '../../campaign/policy.ts';
import type { Who } from '../../campaign/review.ts';
import { type Desk, openView } from './desk.ts';
import { homeView } from './home.ts';
import type { Press } from './incoming.ts';

/** The Home tab is made for somebody, now. `notice` says what came of their last press. */
export async function publish(team: string, person: string, desk: Desk, notice: string | null = null) {
  // Where it cannot be known who decides in whose stead, or who is in a group, the rest is shown all the same.
  const asked = ({ people, groups }: Approvers) =>
    desk
      .who(team, person, { people, groups })
      .catch(() => desk.who(team, person, { people: [], groups }))
      .catch(() => desk.who(team, person, nobody));
  const { cards, kits, who } = await desk.doors.home({ workspace: team, person, who: asked });
  const view = homeView(cards, { manager: who.manager, link: await desk.links.soon(team), notice, kits });
  await (await desk.call(team))('views.publish', { user_id: person, view });
}

const tooLate = 'Slack did not let me open that form in time. Please press once more.';

export async function openAtHome({ team, user, trigger_id }: Press, view: object, desk: Desk) {
  if (!(await openView(desk, team, trigger_id, view))) await publish(team, user.id, desk, tooLate);
}

/** As long as an acknowledgement may wait for Slack. */
const longestWait = 1_500;

/** Null where Slack does not say, or not soon. */
export const whoSoon = (team: string, person: string, desk: Desk): Promise<Who | null> =>
  Promise.race([desk.who(team, person, nobody).catch(() => null), pause(longestWait, null, { ref: false })]);

/** `again`: what is to be pressed once more. */
export const notYetKnown = (again: string): string =>
  `Slack did not say in time whether you manage this workspace. Nothing was changed; please press ${again} again.`;

export const managersOnly = 'Only whoever manages this workspace can change that.';
