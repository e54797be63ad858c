import { type Call, type Method, method, page, textOf } from '../method.ts';
import { Refused } from '../refused.ts';
import { toldUser } from '../shapes.ts';
import { type Group, userOf } from '../world.ts';

function whoAmI({ workspace, install }: Call) {
  return {
    url: `https://${workspace.domain}.slack.com/`,
    team: workspace.name,
    user: 'dailies',
    team_id: workspace.id,
    user_id: install.botUser,
    bot_id: install.botId,
    is_enterprise_install: false,
  };
}

function user({ workspace, args }: Call) {
  const found = userOf(workspace, textOf(args, 'user'));
  if (!found) throw new Refused('user_not_found');
  return { user: toldUser(workspace, found, args['include_locale'] === true) };
}

function users({ workspace, args }: Call) {
  const { items, cursor } = page(workspace.users, args);
  return {
    members: items.map((each) => toldUser(workspace, each, args['include_locale'] === true)),
    response_metadata: { next_cursor: cursor },
  };
}

const toldGroup = (group: Group, team: string, withUsers: boolean) => ({
  id: group.id,
  team_id: team,
  is_usergroup: true,
  name: group.name,
  handle: group.handle,
  date_delete: group.disabled ? 1 : 0,
  user_count: group.users.length,
  ...(withUsers ? { users: group.users } : {}),
});

function groups({ workspace, args }: Call) {
  const shown = workspace.groups.filter(({ disabled }) => !disabled || args['include_disabled'] === true);
  return { usergroups: shown.map((each) => toldGroup(each, workspace.id, args['include_users'] === true)) };
}

function inGroup({ workspace, args }: Call) {
  const group = workspace.groups.find((each) => each.id === args['usergroup']);
  if (!group || (group.disabled && args['include_disabled'] !== true)) throw new Refused('no_such_subteam');
  return { users: group.users };
}

function bot({ workspace, install, args, app }: Call) {
  if (args['bot'] !== undefined && args['bot'] !== install.botId) throw new Refused('bot_not_found');
  const { botId: id, botUser: user_id } = install;
  return { bot: { id, user_id, app_id: app.appId, name: 'dailies', deleted: false, team_id: workspace.id } };
}

const team = ({ workspace: { id, name, domain } }: Call) => ({
  team: { id, name, domain, email_domain: '', icon: {} },
});

export const peopleMethods: Record<string, Method> = {
  'api.test': { scopes: [], args: 'foo error', token: 'none', run: () => ({}) },
  'auth.test': method('', '', 600, whoAmI),
  'users.info': method('users:read', 'user! include_locale:bool', 100, user),
  'users.list': method('users:read', 'cursor limit:int include_locale:bool', 20, users),
  'usergroups.list': method(
    'usergroups:read',
    'include_count:bool include_disabled:bool include_users:bool',
    20,
    groups,
  ),
  'usergroups.users.list': method('usergroups:read', 'usergroup! include_disabled:bool', 20, inGroup),
  'bots.info': method('users:read', 'bot', 50, bot),
  'team.info': method('team:read', 'team domain', 50, team),
};
