import type { z } from 'zod';
import type { Desk } from './desk.ts';
import type { GoneEvent } from './incoming.ts';

/**
 * The app was removed, or its token taken back; Slack tells both, in either order. What runs is cancelled before the
 * token goes, and a workspace that has installed us again meanwhile is not concerned.
 */
export async function leave(
  { event, team, event_time }: z.infer<typeof GoneEvent>,
  desk: Desk & { installedAt(team: string): Promise<number | null>; forget(team: string): Promise<void> },
): Promise<void> {
  if (event.type === 'tokens_revoked' && (event.tokens?.bot ?? []).length === 0) return;
  const since = await desk.installedAt(team);
  if (since !== null && Math.floor(since / 1_000) > event_time) return;
  await desk.doors.suspend({ id: `gone/${event_time}`, workspace: team });
  await desk.forget(team);
}
