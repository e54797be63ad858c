import type { App } from '@slack/bolt';
import type { z } from 'zod';
import { openHome, saveSettings } from './at-home.ts';
import type { Desk } from './desk.ts';
import { type Forms, openBrief, shortcut, submit } from './forms.ts';
import { hear } from './hear.ts';
import * as incoming from './incoming.ts';
import { saveKit } from './kits-at-home.ts';
import { leave } from './leave.ts';
import { forms } from './modal.ts';
import { press } from './press.ts';
import { react } from './react.ts';
import { type Accepting, slash } from './slash.ts';

export type Desks = Desk & Accepting & Parameters<typeof leave>[1] & Forms;

const any = /.*/;

/** Forms of the Home tab, by their names; all others are about videos. */
const savedAtHome: Record<string, typeof saveSettings> = {
  [forms.settings]: saveSettings,
  [forms.kit]: saveKit,
};

/**
 * Hands everything that comes in to whoever understands it. A handler that rejects is not acknowledged, and Slack
 * delivers again; what cannot be read never can, so it is logged and acknowledged.
 */
export function listenWith(app: App, desk: Desks): void {
  const read = <T>(
    shape: z.ZodType<T>,
    body: unknown,
    then: (read: T) => Promise<unknown>,
  ): Promise<unknown> => {
    const parsed = shape.safeParse(body);
    if (parsed.success) return then(parsed.data);
    desk.log.error('slack sent something unreadable', {
      issues: parsed.error.issues.map(({ path }) => path.join('.')),
    });
    return Promise.resolve();
  };

  for (const name of ['message', 'app_mention'])
    app.event(
      name,
      async ({ body }) => void (await read(incoming.MessageEvent, body, (said) => hear(said, desk))),
    );
  app.event(
    'reaction_added',
    async ({ body }) => void (await read(incoming.ReactionEvent, body, (one) => react(one, desk))),
  );
  app.event(
    'app_home_opened',
    async ({ body }) => void (await read(incoming.HomeEvent, body, (opened) => openHome(opened, desk))),
  );
  for (const name of ['app_uninstalled', 'tokens_revoked'])
    app.event(
      name,
      async ({ body }) => void (await read(incoming.GoneEvent, body, (one) => leave(one, desk))),
    );
  app.command(any, async ({ body, ack }) => {
    await read(incoming.SlashCommand, body, async (typed) => {
      const said = await slash(typed, desk);
      if (said && 'form' in said) openBrief(typed, desk);
      await ack(said && !('form' in said) ? (said as Parameters<typeof ack>[0]) : undefined);
    });
  });
  app.action(any, async ({ body, ack }) => {
    await read(incoming.Press, body, (pressed) => press(pressed, desk));
    await ack();
  });
  app.shortcut(any, async ({ body, ack }) => {
    await read(incoming.Shortcut, body, (used) => shortcut(used, desk));
    await ack();
  });
  app.view(any, async ({ body, ack }) => {
    const answer = await read(incoming.Submission, body, (sent) =>
      (savedAtHome[sent.view.callback_id] ?? submit)(sent, desk),
    );
    await ack(answer as never);
  });
}
