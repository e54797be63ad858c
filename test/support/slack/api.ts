import type { IncomingHttpHeaders } from 'node:http';
import type { Bag } from './block-kit/shapes.ts';
import { type Call, type Method, needScope, read } from './method.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { oauthMethods } from './methods/oauth.ts';
import { peopleMethods } from './methods/people.ts';
import { reactionMethods } from './methods/reactions.ts';
import { viewMethods } from './methods/views.ts';
import { Refused } from './refused.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Workspace, World } from './world.ts';

const methods: Record<string, Method> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...oauthMethods,
  ...peopleMethods,
  ...reactionMethods,
  ...viewMethods,
};

export interface Answered {
  status: number;
  body: Bag;
  headers?: Record<string, string>;
}

const readMethods = ['conversations.replies', 'conversations.history'];

/** The Web API: who asks, may they, is it well asked; then it is done. */
export function openApi(around: Omit<Call, 'workspace' | 'install' | 'args'>, sockets: SocketMode) {
  const { world, app, times, desk, host } = around;

  function answer(name: string, given: Bag, token: string | null): Answered {
    try {
      const body = { ok: true, ...run(name, given, token) };
      return { status: 200, body, headers: scopesOf(token) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { retryAfter, ...more } = error.more;
      const body = { ok: false, error: error.code, ...more };
      return retryAfter === undefined
        ? { status: 200, body }
        : { status: 429, body, headers: { 'retry-after': String(retryAfter) } };
    }
  }

  /** With every answer Slack says what the token may do. */
  function scopesOf(token: string | null): Record<string, string> {
    const install = world.workspaces.find((each) => each.install?.token === token)?.install;
    return install ? { 'x-oauth-scopes': [...install.scopes].join(',') } : {};
  }

  function run(name: string, given: Bag, token: string | null): Bag {
    if (name === 'apps.connections.open') return connection(token);
    const method = methods[name];
    if (!method) throw new Refused('unknown_method', { req_method: name });
    if (method.token === 'none')
      return method.run({ ...nobody(), ...around, args: read(method.args, given) });
    const workspace = holder(world, token);
    needScope(method, workspace.install);
    limit(name, method, workspace);
    // Bolt sends the team of the event with every call: it must be the token's.
    const { team_id: team = workspace.id, ...own } = given;
    if (team !== workspace.id) throw new Refused('team_access_not_granted');
    const args = read(method.args, own);
    return method.run({ ...around, workspace, install: workspace.install, args });
  }

  function connection(token: string | null): Bag {
    if (token === null) throw new Refused('not_authed');
    if (token !== app.appToken)
      throw new Refused(token.startsWith('xapp-') ? 'invalid_auth' : 'not_allowed_token_type');
    return { url: sockets.ticket(host) };
  }

  function limit(name: string, { tier = 100 }: Method, { id }: Workspace): void {
    const most = app.soldOutsideMarketplace && readMethods.includes(name) ? 1 : tier;
    const retryAfter = desk.tooMany(`${name} ${id}`, most, times.minute);
    if (retryAfter > 0) throw new Refused('ratelimited', { retryAfter });
  }

  return { answer };
}

/** The workspace a bot token belongs to. @throws Refused as Slack words it. */
export function holder(
  world: World,
  token: string | null,
): Workspace & { install: NonNullable<Workspace['install']> } {
  if (token === null) throw new Refused('not_authed');
  if (token.startsWith('xapp-')) throw new Refused('not_allowed_token_type');
  const workspace = world.workspaces.find(({ install }) => install?.token === token);
  if (!workspace?.install) throw new Refused('invalid_auth');
  const { expiresAt } = workspace.install;
  if (expiresAt !== null && expiresAt <= world.now()) throw new Refused('token_expired');
  return workspace as ReturnType<typeof holder>;
}

export const tokenIn = (headers: IncomingHttpHeaders): string | null =>
  /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null;

/** For methods that need no token, and so nobody's workspace. */
const nobody = () => ({ workspace: null as never, install: null as never });
