import { isBag } from './block-kit/shapes.ts';
import type { Channel, Message, StoredFile, User, View, Workspace } from './world.ts';

/** How a message is told to apps, in answers and in events. */
export function toldMessage(workspace: Workspace, m: Message, host: string, metadata = true) {
  const replies = workspace.messages.filter(
    (each) => each.channel === m.channel && each.thread_ts === m.ts && each.ts !== m.ts && !each.deleted,
  );
  return {
    type: 'message',
    ...(m.subtype ? { subtype: m.subtype } : {}),
    user: m.user,
    ts: m.ts,
    text: m.text,
    team: workspace.id,
    ...(m.client_msg_id ? { client_msg_id: m.client_msg_id } : {}),
    ...(m.bot_id ? { bot_id: m.bot_id, app_id: m.app_id, bot_profile: botProfile(workspace, m) } : {}),
    ...(m.blocks ? { blocks: withIds(m.blocks, m.ts) } : {}),
    ...(m.attachments ? { attachments: m.attachments } : {}),
    ...(m.files ? { files: m.files.map((id) => toldWith(workspace, fileOf(workspace, id), host)) } : {}),
    ...(m.metadata && metadata ? { metadata: m.metadata } : {}),
    ...(m.edited ? { edited: m.edited } : {}),
    ...(m.reactions.length > 0
      ? { reactions: m.reactions.map((r) => ({ ...r, count: r.users.length })) }
      : {}),
    ...threadOf(workspace, m, replies),
  };
}

function threadOf(workspace: Workspace, m: Message, replies: Message[]) {
  const latest = replies.at(-1);
  if (!latest) return m.thread_ts ? { thread_ts: m.thread_ts, ...parentOf(workspace, m) } : {};
  return {
    thread_ts: m.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((r) => r.user))],
    latest_reply: latest.ts,
  };
}

function parentOf(workspace: Workspace, m: Message) {
  const root = workspace.messages.find((each) => each.channel === m.channel && each.ts === m.thread_ts);
  return root && root !== m ? { parent_user_id: root.user } : {};
}

const botProfile = (workspace: Workspace, m: Message) => ({
  id: m.bot_id,
  app_id: m.app_id,
  user_id: m.user,
  name: 'dailies',
  deleted: false,
  team_id: workspace.id,
});

/** Slack names every block that its sender did not. */
const withIds = (blocks: Record<string, unknown>[], ts: string) =>
  blocks.map((block, i) => ({ block_id: `b${ts.slice(-4)}${i}`, ...block }));

function fileOf(workspace: Workspace, id: string): StoredFile {
  const file = workspace.files.find((each) => each.id === id);
  if (!file) throw new Error(`no file ${id}`);
  return file;
}

const toldWith = (workspace: Workspace, file: StoredFile, host: string) =>
  file.foreign
    ? { id: file.id, mode: 'file_access', file_access: 'check_file_info' }
    : toldFile(workspace, file, host);

/** `now` in milliseconds leaves out what is not known of a file yet. */
export function toldFile(workspace: Workspace, file: StoredFile, host: string, now = Infinity) {
  const known = now >= file.sharesFrom;
  const path = `${host}/files-pri/${workspace.id}-${file.id}`;
  return {
    id: file.id,
    created: Math.floor(file.created / 1000),
    name: file.name,
    title: file.title,
    mimetype: known ? file.mimetype : '',
    filetype: known ? (file.name.split('.').at(-1) ?? '') : '',
    user: file.user,
    user_team: workspace.id,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: `${path}/${encodeURIComponent(file.name)}`,
    url_private_download: `${path}/download/${encodeURIComponent(file.name)}`,
    permalink: `${host}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    file_access: 'visible',
    ...(file.altText ? { alt_txt: file.altText } : {}),
    shares: known ? sharesOf(workspace, file) : {},
  };
}

function sharesOf(workspace: Workspace, file: StoredFile) {
  const side = (open: boolean) =>
    Object.groupBy(
      file.shares.filter(({ channel }) => isOpen(workspace, channel) === open),
      ({ channel }) => channel,
    );
  const told = { public: side(true), private: side(false) };
  return Object.fromEntries(Object.entries(told).filter(([, shares]) => Object.keys(shares).length > 0));
}

const isOpen = (workspace: Workspace, id: string) =>
  workspace.channels.find((each) => each.id === id)?.kind === 'channel';

function homeOf({ id }: Workspace, { home = { team: id } }: User) {
  const { team, organisation } = home;
  return {
    ...(team === null ? {} : { team_id: team }),
    ...(organisation ? { enterprise_user: { id: 'W1', enterprise_id: 'E1', teams: organisation } } : {}),
  };
}

export const toldUser = (workspace: Workspace, user: User, locale: boolean) => ({
  id: user.id,
  ...homeOf(workspace, user),
  name: user.name,
  real_name: user.realName,
  deleted: user.deleted,
  tz: user.tz,
  tz_label: user.tz,
  tz_offset: 0,
  profile: { real_name: user.realName, display_name: user.name, team: workspace.id },
  is_admin: user.isAdmin,
  is_owner: user.isOwner,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: user.isBot,
  is_app_user: false,
  ...(locale ? { locale: user.locale } : {}),
});

export const toldChannel = (channel: Channel, botUser: string) => ({
  id: channel.id,
  ...(channel.kind === 'im'
    ? { user: channel.members.find((each) => each !== botUser) }
    : { name: channel.name, name_normalized: channel.name }),
  is_channel: channel.kind === 'channel',
  is_group: channel.kind === 'group',
  is_im: channel.kind === 'im',
  is_mpim: channel.kind === 'mpim',
  is_private: channel.kind !== 'channel',
  is_archived: channel.archived,
  is_general: false,
  is_shared: false,
  is_ext_shared: false,
  ...(channel.kind === 'im' ? {} : { is_member: channel.members.includes(botUser) }),
});

export function toldView(workspace: Workspace, view: View, values: Record<string, unknown> = {}) {
  const { given } = view;
  return {
    id: view.id,
    team_id: workspace.id,
    type: view.type,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...given,
    blocks: withIds((given['blocks'] ?? []) as Record<string, unknown>[], view.id).filter(isBag),
    state: { values },
    hash: view.hash,
    root_view_id: view.root,
    previous_view_id: view.previous,
    app_installed_team_id: workspace.id,
    bot_id: workspace.install?.botId,
  };
}
