import { type Bag, isBag } from './block-kit/shapes.ts';
import type { Delivery } from './deliveries.ts';
import type { Around } from './people.ts';
import { Refused } from './refused.ts';
import type { Message, User, Workspace } from './world.ts';

export type Client = ReturnType<typeof openClient>;

/** A person's Slack client: what goes with every gesture, and what becomes of a bad answer. */
export function openClient(around: Around, workspace: Workspace, user: User) {
  const { world, host, app, desk, deliveries, log } = around;

  function trigger(view: string | null = null): string {
    const id = `${world.newId('')}.${world.newId('')}`;
    desk.triggers.set(id, { user: user.id, at: world.now(), used: false, view });
    return id;
  }

  function responseUrl(channel: string, message: Message | null): string {
    const id = world.newId('');
    const thread = message?.thread_ts;
    desk.responseUrls.set(id, {
      workspace: workspace.id,
      channel,
      user: user.id,
      ...(thread ? { thread } : {}),
      message: message?.ts ?? null,
      at: world.now(),
      uses: 0,
    });
    return `${host}/respond/${id}`;
  }

  const common = (type: string): Bag => ({
    type,
    token: 'verification-token',
    api_app_id: app.appId,
    team: { id: workspace.id, domain: workspace.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.id },
    enterprise: null,
    is_enterprise_install: false,
  });

  function interact(type: string, more: Bag, answerable = false): Promise<Delivery> {
    const payload = { ...common(type), ...more };
    return deliveries.send({ type: 'interactive', name: type, payload, answerable }).done;
  }

  /** A mistake in what came with an acknowledgement: the person sees an error, the log keeps it. */
  function tried<T>(name: string, answer: unknown, doing: () => T): T | undefined {
    try {
      return doing();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      log.add({
        at: world.now(),
        name: `answer to ${name}`,
        path: '',
        workspace: workspace.id,
        token: null,
        args: isBag(answer) ? answer : {},
        headers: {},
        status: 200,
        error: error.code,
        answer: error.more,
      });
      return undefined;
    }
  }

  return { around, workspace, user, trigger, responseUrl, interact, tried };
}
