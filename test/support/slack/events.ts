import type { Bag } from './block-kit/shapes.ts';
import { toldMessage } from './shapes.ts';
import type { Channel, ChannelKind, Message, StoredFile, Workspace } from './world.ts';
import { channelOf } from './world.ts';

/** Tells the app of something that happened, if it may know and asked to. */
export type Emit = (workspace: Workspace, event: Bag) => void;

const historyScopes: Record<ChannelKind, string> = {
  channel: 'channels:history',
  group: 'groups:history',
  im: 'im:history',
  mpim: 'mpim:history',
};
const scopesOf: Record<string, string> = {
  app_mention: 'app_mentions:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  file_shared: 'files:read',
  member_joined_channel: 'channels:read',
  channel_archive: 'channels:read',
};

/** The name an event is subscribed to by: messages have one for each kind of channel. */
export function subscriptionOf(workspace: Workspace, event: Bag): string {
  if (event['type'] !== 'message') return String(event['type']);
  const kind = channelOf(workspace, String(event['channel']))?.kind ?? 'channel';
  return `message.${kind === 'channel' ? 'channels' : kind === 'group' ? 'groups' : kind}`;
}

/** Whether the app is where this happened and holds the scope. */
export function mayKnow(workspace: Workspace, event: Bag): boolean {
  const { install } = workspace;
  if (!install) return event['type'] === 'app_uninstalled' || event['type'] === 'tokens_revoked';
  const item = event['item'] as { channel?: string } | undefined;
  const place = event['channel'] ?? item?.channel ?? event['channel_id'];
  const channel = channelOf(workspace, String(place));
  if (channel && event['type'] !== 'app_home_opened' && !channel.members.includes(install.botUser))
    return false;
  const needed =
    event['type'] === 'message' ? historyScopes[channel?.kind ?? 'channel'] : scopesOf[String(event['type'])];
  return needed === undefined || install.scopes.has(needed);
}

export const envelopeOf = (workspace: Workspace, event: Bag, id: string, appId: string, at: number) => ({
  token: 'verification-token',
  team_id: workspace.id,
  context_team_id: workspace.id,
  context_enterprise_id: null,
  api_app_id: appId,
  event,
  type: 'event_callback',
  event_id: id,
  event_time: Math.floor(at / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: workspace.id,
      user_id: workspace.install?.botUser ?? null,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
  event_context: `4-${id}`,
});

const placeOf = (channel: Channel | undefined) => ({
  channel: channel?.id,
  channel_type: channel?.kind ?? 'channel',
});

/** A new message: the message event, and for a mention of the bot a second one, as the real service does. */
export function posted(workspace: Workspace, m: Message, host: string, emit: Emit): void {
  const channel = channelOf(workspace, m.channel);
  const told = toldMessage(workspace, m, host);
  emit(workspace, { ...told, ...placeOf(channel), event_ts: m.ts });
  const bot = workspace.install?.botUser;
  if (bot && m.text.includes(`<@${bot}>`) && channel?.kind !== 'im') {
    const { subtype: _, ...plain } = told as Bag;
    emit(workspace, { ...plain, type: 'app_mention', channel: m.channel, event_ts: m.ts });
  }
}

export function changed(workspace: Workspace, m: Message, before: Bag, host: string, emit: Emit, ts: string) {
  emit(workspace, {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: toldMessage(workspace, m, host),
    previous_message: before,
    ...placeOf(channelOf(workspace, m.channel)),
    ts,
    event_ts: ts,
  });
}

export function removed(workspace: Workspace, m: Message, host: string, emit: Emit, ts: string) {
  emit(workspace, {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: m.ts,
    previous_message: toldMessage(workspace, m, host),
    ...placeOf(channelOf(workspace, m.channel)),
    ts,
    event_ts: ts,
  });
}

export function shared(workspace: Workspace, file: StoredFile, channel: string, emit: Emit, ts: string) {
  emit(workspace, {
    type: 'file_shared',
    file_id: file.id,
    file: { id: file.id },
    user_id: file.user,
    channel_id: channel,
    event_ts: ts,
  });
}

export function reacted(
  workspace: Workspace,
  m: Message,
  reaction: { type: 'reaction_added' | 'reaction_removed'; user: string; name: string; ts: string },
  emit: Emit,
): void {
  emit(workspace, {
    type: reaction.type,
    user: reaction.user,
    reaction: reaction.name,
    item: { type: 'message', channel: m.channel, ts: m.ts },
    item_user: m.user,
    event_ts: reaction.ts,
  });
}
