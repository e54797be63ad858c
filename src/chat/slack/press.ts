import type { z } from 'zod';
import { readAction } from './button.ts';
import { type Desk, privately, respond, whisper } from './desk.ts';
import type { HomeEvent, Press, Shortcut, SlashCommand, Submission } from './incoming.ts';
import { directAction, directly, readDirect } from './invite.ts';
import { openElsewhere } from './open.ts';
import { renderedTogether } from './rendered.ts';

export interface Forms {
  openForm(typed: SlashCommand): void;
  home(opened: z.infer<typeof HomeEvent>): Promise<void>;
}

export async function press(pressed: Press, desk: Desk): Promise<void> {
  const [action] = pressed.actions;
  if (!action) return;
  if (action.action_id === directAction) return direct(pressed, action.value, desk);
  const read = readAction(action);
  if (!read) return;
  const { campaign, intent } = read;
  const told = await desk.doors.tell({
    id: `press/${pressed.container?.message_ts ?? ''}/${action.action_ts}/${pressed.user.id}`,
    workspace: pressed.team,
    person: pressed.user.id,
    at: { campaign },
    intent,
  });
  if (told.answer) answer(pressed, renderedTogether([told.answer], campaign), desk);
}

function answer(pressed: Press, content: ReturnType<typeof renderedTogether>, desk: Desk): void {
  const { response_url: url, container, team, user } = pressed;
  desk.later('answer', async () => {
    if (url) return respond(desk.hosts, url, privately(content));
    if (!container?.channel_id) return;
    const spot = { team, channel: container.channel_id, thread: container.thread_ts ?? null };
    await whisper(desk, spot, user.id, content);
  });
}

/** Whoever could not let us into a channel is written to directly. */
async function direct(pressed: Press, value: string | undefined, desk: Desk): Promise<void> {
  const at = readDirect(value);
  if (!at || at.team !== pressed.team) return;
  await openElsewhere(desk.keep, at.team, at.root, pressed.user.id);
  answer(pressed, directly, desk);
}

export async function shortcut(_used: z.infer<typeof Shortcut>, _desk: Desk): Promise<void> {}
export async function submit(_sent: z.infer<typeof Submission>, _desk: Desk): Promise<object | undefined> {
  return undefined;
}
