import { dropCommand, listCommands, postCommand, putCommands } from './commands.ts';
import {
  getApplication,
  getChannels,
  getGuild,
  getMember,
  getRoles,
  getSelf,
  getUser,
  leaveGuild,
  openDirect,
} from './rest-guilds.ts';
import { callBack, deleteFollowUp, editFollowUp, followUp, getFollowUp } from './rest-interactions.ts';
import {
  createMessage,
  deleteMessage,
  editMessage,
  getMessage,
  listMessages,
  pin,
  typing,
} from './rest-messages.ts';
import {
  addReaction,
  dropOwnReaction,
  dropReaction,
  dropReactions,
  listReactions,
} from './rest-reactions.ts';
import {
  activeThreads,
  addThreadMember,
  dropChannel,
  dropThreadMember,
  editChannel,
  getChannel,
  threadAlone,
  threadFromMessage,
  threadMembers,
} from './rest-threads.ts';
import type { Upload } from './wire.ts';
import type { World } from './world.ts';

/** A request, taken apart and checked. */
export interface Ask {
  world: World;
  /** A part of the path, by its name. */
  at: (name: string) => string;
  query: URLSearchParams;
  body: unknown;
  /** By the number in `files[number]`. */
  files: Map<string, Upload>;
}

/** `open`: whoever holds the token in the path may ask. */
export interface Route {
  name: string;
  method: string;
  path: string;
  /** Nothing where there is nothing to say: 204. */
  run: (ask: Ask) => unknown;
  open?: true;
}

const app = '/applications/{application_id}';
const message = '/channels/{channel_id}/messages/{message_id}';
const emoji = `${message}/reactions/{emoji_name}`;
const members = '/channels/{channel_id}/thread-members';
const hook = '/webhooks/{webhook_id}/{webhook_token}';

const route = (name: string, line: string, run: Route['run']): Route => {
  const [method = '', path = ''] = line.split(' ');
  return { name, method, path, run };
};
const open = (name: string, line: string, run: Route['run']): Route => ({
  ...route(name, line, run),
  open: true,
});

/** What is served here, in Discord's own words for it. The gateway's own two routes are in `gateway.ts`. */
export const routes: readonly Route[] = [
  route('application', 'GET /applications/@me', getApplication),
  route('self', 'GET /users/@me', getSelf),
  route('open-direct', 'POST /users/@me/channels', openDirect),
  route('leave-guild', 'DELETE /users/@me/guilds/{guild_id}', leaveGuild),
  route('user', 'GET /users/{user_id}', getUser),
  route('list-commands', `GET ${app}/commands`, (ask) => listCommands(ask, null)),
  route('put-commands', `PUT ${app}/commands`, (ask) => putCommands(ask, null)),
  route('post-command', `POST ${app}/commands`, (ask) => postCommand(ask, null)),
  route('delete-command', `DELETE ${app}/commands/{command_id}`, (ask) => dropCommand(ask, null)),
  route('list-commands', `GET ${app}/guilds/{guild_id}/commands`, (ask) =>
    listCommands(ask, ask.at('guild_id')),
  ),
  route('put-commands', `PUT ${app}/guilds/{guild_id}/commands`, (ask) =>
    putCommands(ask, ask.at('guild_id')),
  ),
  route('post-command', `POST ${app}/guilds/{guild_id}/commands`, (ask) =>
    postCommand(ask, ask.at('guild_id')),
  ),
  route('delete-command', `DELETE ${app}/guilds/{guild_id}/commands/{command_id}`, (ask) =>
    dropCommand(ask, ask.at('guild_id')),
  ),
  open('callback', 'POST /interactions/{interaction_id}/{interaction_token}/callback', callBack),
  open('follow-up', `POST ${hook}`, followUp),
  open('edit-original', `PATCH ${hook}/messages/@original`, (ask) => editFollowUp(ask, '@original')),
  open('get-original', `GET ${hook}/messages/@original`, (ask) => getFollowUp(ask, '@original')),
  open('delete-original', `DELETE ${hook}/messages/@original`, (ask) => deleteFollowUp(ask, '@original')),
  open('edit-follow-up', `PATCH ${hook}/messages/{message_id}`, (ask) => editFollowUp(ask)),
  open('get-follow-up', `GET ${hook}/messages/{message_id}`, (ask) => getFollowUp(ask)),
  open('delete-follow-up', `DELETE ${hook}/messages/{message_id}`, (ask) => deleteFollowUp(ask)),
  route('create-message', 'POST /channels/{channel_id}/messages', createMessage),
  route('list-messages', 'GET /channels/{channel_id}/messages', listMessages),
  route('pin', 'PUT /channels/{channel_id}/messages/pins/{message_id}', (ask) => pin(ask, true)),
  route('unpin', 'DELETE /channels/{channel_id}/messages/pins/{message_id}', (ask) => pin(ask, false)),
  route('edit-message', `PATCH ${message}`, editMessage),
  route('get-message', `GET ${message}`, getMessage),
  route('delete-message', `DELETE ${message}`, deleteMessage),
  route('typing', 'POST /channels/{channel_id}/typing', typing),
  route('thread', `POST ${message}/threads`, threadFromMessage),
  route('thread', 'POST /channels/{channel_id}/threads', threadAlone),
  route('react', `PUT ${emoji}/@me`, addReaction),
  route('unreact', `DELETE ${emoji}/@me`, dropOwnReaction),
  route('unreact', `DELETE ${emoji}/{user_id}`, dropReaction),
  route('reactions', `GET ${emoji}`, listReactions),
  route('unreact', `DELETE ${message}/reactions`, dropReactions),
  route('thread-members', `GET ${members}`, threadMembers),
  route('join-thread', `PUT ${members}/@me`, (ask) => addThreadMember(ask, '@me')),
  route('leave-thread', `DELETE ${members}/@me`, (ask) => dropThreadMember(ask, '@me')),
  route('join-thread', `PUT ${members}/{user_id}`, (ask) => addThreadMember(ask)),
  route('leave-thread', `DELETE ${members}/{user_id}`, (ask) => dropThreadMember(ask)),
  route('channel', 'GET /channels/{channel_id}', getChannel),
  route('edit-channel', 'PATCH /channels/{channel_id}', editChannel),
  route('delete-channel', 'DELETE /channels/{channel_id}', dropChannel),
  route('guild', 'GET /guilds/{guild_id}', getGuild),
  route('roles', 'GET /guilds/{guild_id}/roles', getRoles),
  route('channels', 'GET /guilds/{guild_id}/channels', getChannels),
  route('member', 'GET /guilds/{guild_id}/members/{user_id}', getMember),
  route('active-threads', 'GET /guilds/{guild_id}/threads/active', activeThreads),
];
