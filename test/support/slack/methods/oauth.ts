import type { Bag } from '../block-kit/shapes.ts';
import { type Call, type Method, maybe, textOf } from '../method.ts';
import { Refused } from '../refused.ts';
import { type Install, isOwnBot, type Workspace, type World } from '../world.ts';

const twelveHours = 43_200;

/** Gives the app to a workspace; a second time its token stays as it is, as with Slack. */
export function installed(
  world: World,
  workspace: Workspace,
  how: { scopes: readonly string[]; by: string; rotating: boolean },
): Install {
  const before = workspace.install;
  const botUser = before?.botUser ?? botOf(world, workspace);
  const secret = () => world.newId('').toLowerCase();
  workspace.install = {
    token: before?.token ?? `xoxb-${workspace.id}-${secret()}`,
    refreshToken: how.rotating ? `xoxe-1-${secret()}` : null,
    expiresAt: how.rotating ? world.now() + twelveHours * 1000 : null,
    scopes: new Set([...(before?.scopes ?? []), ...how.scopes]),
    botId: before?.botId ?? world.newId('B'),
    botUser,
    installedBy: how.by,
  };
  return workspace.install;
}

function botOf(world: World, workspace: Workspace): string {
  const there = workspace.users.find(isOwnBot);
  if (there) return there.id;
  const id = world.newId('U');
  workspace.users.push({
    id,
    name: 'dailies',
    realName: 'Dailies',
    email: '',
    isAdmin: false,
    isOwner: false,
    isBot: true,
    deleted: false,
    locale: 'en-US',
    tz: 'Europe/Berlin',
  });
  return id;
}

function known({ app, args }: Call): void {
  if (args['client_id'] !== app.clientId) throw new Refused('invalid_client_id');
  if (args['client_secret'] !== app.clientSecret) throw new Refused('bad_client_secret');
}

function access(call: Call) {
  const { args, world, desk, app } = call;
  known(call);
  if (args['grant_type'] === 'refresh_token') return refreshed(call);
  const code = desk.useCode(textOf(args, 'code'), maybe(args, 'redirect_uri'));
  const workspace = world.workspaces.find((each) => each.id === code.workspace);
  if (!workspace) throw new Refused('invalid_code');
  const install = installed(world, workspace, {
    scopes: code.scopes,
    by: code.user,
    rotating: app.rotatingTokens,
  });
  return granted(call, workspace, install);
}

function refreshed(call: Call) {
  const { world, args } = call;
  const workspace = world.workspaces.find(
    ({ install }) => install?.refreshToken && install.refreshToken === args['refresh_token'],
  );
  if (!workspace?.install) throw new Refused('invalid_refresh_token');
  workspace.install.token = `xoxe.xoxb-${workspace.id}-${world.newId('').toLowerCase()}`;
  workspace.install.refreshToken = `xoxe-1-${world.newId('').toLowerCase()}`;
  workspace.install.expiresAt = world.now() + twelveHours * 1000;
  return granted(call, workspace, workspace.install);
}

const granted = ({ app }: Call, workspace: Workspace, install: Install): Bag => ({
  app_id: app.appId,
  authed_user: { id: install.installedBy },
  scope: [...install.scopes].join(','),
  token_type: 'bot',
  access_token: install.token,
  bot_user_id: install.botUser,
  team: { id: workspace.id, name: workspace.name },
  enterprise: null,
  is_enterprise_install: false,
  ...(install.refreshToken ? { refresh_token: install.refreshToken, expires_in: twelveHours } : {}),
});

function revoke({ args, workspace, install, emit, world }: Call) {
  if (args['test'] === true) return { revoked: false };
  workspace.install = null;
  const tokens = { oauth: [], bot: [install.botUser] };
  emit(workspace, { type: 'tokens_revoked', tokens, event_ts: world.newTs() });
  return { revoked: true };
}

/** Both events, in either order with Slack. */
export function uninstalled(workspace: Workspace, emit: Call['emit'], world: World): void {
  const bot = workspace.install?.botUser;
  workspace.install = null;
  for (const channel of workspace.channels) channel.members = channel.members.filter((each) => each !== bot);
  emit(workspace, { type: 'app_uninstalled', event_ts: world.newTs() });
  emit(workspace, { type: 'tokens_revoked', tokens: { oauth: [], bot: [bot] }, event_ts: world.newTs() });
}

const credentials = 'client_id client_secret';

export const oauthMethods: Record<string, Method> = {
  'oauth.v2.access': {
    scopes: [],
    args: `${credentials} code redirect_uri grant_type refresh_token code_verifier`,
    token: 'none',
    run: access,
  },
  'auth.revoke': { scopes: [], args: 'test:bool', run: revoke },
  'apps.uninstall': {
    scopes: [],
    args: `${credentials}`,
    run: (call) => {
      known(call);
      uninstalled(call.workspace, call.emit, call.world);
      return {};
    },
  },
};
