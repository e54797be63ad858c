import type { Bag } from './block-kit/shapes.ts';
import type { Deliveries } from './deliveries.ts';
import type { Consent } from './doors.ts';
import type { openLog } from './log.ts';
import type { Call } from './method.ts';
import { installed, uninstalled } from './methods/oauth.ts';
import { openPerson } from './person.ts';
import { type Channel, type ChannelKind, type Group, type User, visible, type Workspace } from './world.ts';

/** All that people and their clients reach. */
export interface Around extends Omit<Call, 'workspace' | 'install' | 'args'> {
  deliveries: Deliveries;
  log: ReturnType<typeof openLog>;
  commands: readonly string[] | undefined;
  /** Puts a person before the consent page. */
  consents(who: Consent): void;
}

export interface WorkspaceOptions {
  scopes?: readonly string[];
  /** False: there, but without the app. */
  installed?: boolean;
}

export type Person = ReturnType<typeof openPerson>;
export type Team = ReturnType<typeof openTeam>;
export type Company = ReturnType<typeof openCompany>;

/** Founds workspaces. */
export function openCompany(around: Around, usual: readonly string[]) {
  const { world, app } = around;
  return {
    workspace(name: string, { scopes = usual, installed: withApp = true }: WorkspaceOptions = {}) {
      const domain = name.toLowerCase().replace(/\W+/g, '-');
      const workspace: Workspace = {
        id: world.newId('T'),
        name,
        domain,
        users: [],
        groups: [],
        channels: [],
        messages: [],
        files: [],
        views: [],
        lacks: [],
        fetches: true,
        install: null,
      };
      world.workspaces.push(workspace);
      const team = openTeam(around, workspace, { scopes, rotating: app.rotatingTokens });
      if (withApp) team.installs();
      return team;
    },
  };
}

/** One workspace, with the gestures that belong to nobody in particular. */
function openTeam(
  around: Around,
  workspace: Workspace,
  how: { scopes: readonly string[]; rotating: boolean },
) {
  const { world, emit } = around;

  function person(name: string, more: Partial<User> = {}): Person {
    const user: User = {
      id: world.newId('U'),
      name,
      realName: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      email: `${name}@example.com`,
      isAdmin: false,
      isOwner: false,
      isBot: false,
      deleted: false,
      locale: 'en-US',
      tz: 'Europe/Berlin',
      ...more,
    };
    workspace.users.push(user);
    return openPerson(around, workspace, user);
  }

  /** With the bot in it, unless `bot` is false. */
  function channel(
    name: string,
    members: readonly { id: string }[],
    { kind = 'channel', bot = true }: { kind?: ChannelKind; bot?: boolean } = {},
  ): Channel {
    const made: Channel = {
      id: world.newId(kind === 'channel' ? 'C' : kind === 'im' ? 'D' : 'G'),
      name,
      kind,
      members: members.map(({ id }) => id),
      archived: false,
    };
    if (bot && workspace.install) made.members.push(workspace.install.botUser);
    workspace.channels.push(made);
    return made;
  }

  function group(handle: string, members: readonly { id: string }[]): Group {
    const users = members.map(({ id }) => id);
    const made: Group = { id: world.newId('S'), handle, name: handle, users, disabled: false };
    workspace.groups.push(made);
    return made;
  }

  function invitesBot(to: Channel): void {
    const bot = workspace.install?.botUser;
    if (!bot || to.members.includes(bot)) return;
    to.members.push(bot);
    const event: Bag = { type: 'member_joined_channel', user: bot, channel: to.id, channel_type: 'C' };
    emit(workspace, { ...event, team: workspace.id, event_ts: world.newTs() });
  }

  return {
    books: workspace,
    id: workspace.id,
    person,
    channel,
    group,
    invitesBot,
    /** The bot's token. @throws Error where the app is not installed. */
    get token(): string {
      return installOf(workspace).token;
    },
    /** The bot as it is mentioned: `<@U…>`. */
    get bot(): string {
      return `<@${installOf(workspace).botUser}>`;
    },
    /** What everybody sees in a channel, or in a thread with its first message. */
    visible: (place: Channel, thread?: string) => visible(workspace, place.id, thread),
    uninstalls: () => uninstalled(workspace, emit, world),
    /** From the app's own page, by whoever manages it: with a new token after a removal. */
    installs(): void {
      const owner = workspace.users.find(({ isOwner }) => isOwner)?.id;
      installed(world, workspace, { ...how, by: owner ?? person('owner', { isOwner: true }).id });
    },
  };
}

function installOf(workspace: Workspace) {
  if (!workspace.install) throw new Error(`the app is not installed in ${workspace.name}`);
  return workspace.install;
}
