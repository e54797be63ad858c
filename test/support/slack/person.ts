import type { Bag } from './block-kit/shapes.ts';
import { openClient } from './client.ts';
import { openCommands } from './commands.ts';
import { changed, posted, reacted, removed, shared } from './events.ts';
import { installs } from './installs.ts';
import { fileWith } from './methods/files.ts';
import { addReaction, takeReaction } from './methods/reactions.ts';
import { stack } from './methods/views.ts';
import type { Around } from './people.ts';
import { openPresses } from './presses.ts';
import { toldMessage, toldView } from './shapes.ts';
import { openSubmits } from './submits.ts';
import {
  type Channel,
  directWith,
  type Message,
  type StoredFile,
  type User,
  type Workspace,
} from './world.ts';

export interface Brought {
  name: string;
  bytes: Buffer;
  /** From another company's channel. */
  foreign?: boolean;
}

/** A person in a workspace: what they do is real there, and the app hears of it as it may. */
export function openPerson(around: Around, workspace: Workspace, user: User) {
  const { world, host, emit, deliveries } = around;
  const client = openClient(around, workspace, user);

  /** Runs it, and waits until the app took what it caused to be sent. */
  async function andHeard<T>(doing: () => T): Promise<T> {
    const from = deliveries.all.length;
    const done = doing();
    await Promise.all(deliveries.all.slice(from).map((each) => each.done));
    return done;
  }

  function bring({ name, bytes, foreign = false }: Brought): StoredFile {
    const id = world.newId('F');
    const file = { ...fileWith({ id, name, bytes, user: user.id, created: world.now() }), foreign };
    workspace.files.push(file);
    return file;
  }

  function says(
    place: Channel,
    text: string,
    {
      thread,
      files = [],
      broadcast = false,
    }: { thread?: string; files?: Brought[]; broadcast?: boolean } = {},
  ): Promise<Message> {
    inside(place);
    const brought = files.map(bring);
    const subtype = brought.length > 0 ? 'file_share' : broadcast ? 'thread_broadcast' : undefined;
    const message: Message = {
      channel: place.id,
      ts: world.newTs(),
      user: user.id,
      text: asSent(text),
      client_msg_id: world.newId('').toLowerCase(),
      ...(thread ? { thread_ts: thread } : {}),
      ...(subtype ? { subtype } : {}),
      ...(brought.length > 0 ? { files: brought.map(({ id }) => id) } : {}),
      ...(user.isBot ? { bot_id: `B${user.id}`, app_id: 'AOTHER' } : {}),
      reactions: [],
      before: [],
      deleted: false,
      ephemeralTo: null,
      by: 'says',
    };
    return andHeard(() => {
      workspace.messages.push(message);
      for (const file of brought) {
        file.shares.push({ channel: place.id, ts: message.ts, ...(thread ? { thread_ts: thread } : {}) });
        shared(workspace, file, place.id, emit, message.ts);
      }
      posted(workspace, message, host, emit);
      return message;
    });
  }

  function inside(place: Channel): void {
    if (!place.members.includes(user.id)) throw new Error(`${user.name} is not in #${place.name}`);
  }

  const reaction =
    (type: 'reaction_added' | 'reaction_removed', set: typeof addReaction) =>
    (message: Message, name: string): Promise<void> =>
      andHeard(() => {
        set(message, user.id, name);
        reacted(workspace, message, { type, user: user.id, name, ts: world.newTs() }, emit);
      });

  const edits = (message: Message, text: string): Promise<void> =>
    andHeard(() => {
      const before = toldMessage(workspace, message, host);
      const ts = world.newTs();
      message.before.push({ text: message.text });
      Object.assign(message, { text: asSent(text), edited: { user: user.id, ts } });
      changed(workspace, message, before, host, emit, ts);
    });

  const deletes = (message: Message): Promise<void> =>
    andHeard(() => {
      message.deleted = true;
      removed(workspace, message, host, emit, world.newTs());
    });

  const home = () => workspace.views.find((each) => each.type === 'home' && each.user === user.id);

  const opensHome = (tab: 'home' | 'messages' = 'home'): Promise<void> =>
    andHeard(() => {
      const { id: channel } = directWith(world, workspace, [user.id]);
      const shown = home();
      const view = shown ? { view: toldView(workspace, shown) } : {};
      const event: Bag = { type: 'app_home_opened', user: user.id, channel, tab, ...view };
      emit(workspace, { ...event, event_ts: world.newTs() });
    });

  const joins = (place: Channel): Promise<void> =>
    andHeard(() => {
      place.members.push(user.id);
      const event: Bag = { type: 'member_joined_channel', user: user.id, channel: place.id };
      emit(workspace, { ...event, channel_type: 'C', team: workspace.id, event_ts: world.newTs() });
    });

  return {
    id: user.id,
    name: user.name,
    user,
    ...openCommands(client),
    ...openPresses(client),
    ...openSubmits(client),
    /** Installs the app from its page, or declines; resolves to what the browser shows in the end. */
    installs: (page: string, agrees = true) =>
      installs(page, { workspace, user: user.id, agrees }, around.consents, `${host}/oauth/v2/authorize`),
    /** Writes in a channel; `<@U…>` mentions, addresses become links, all else is escaped as Slack does. */
    says,
    edits,
    deletes,
    reacts: reaction('reaction_added', addReaction),
    unreacts: reaction('reaction_removed', takeReaction),
    opensHome,
    joins,
    /** A file of theirs, e.g. for a form's `file_input`. */
    bring,
    /** The conversation with the bot. */
    direct: () => directWith(world, workspace, [user.id]),
    /** The form that lies uppermost before them. @throws Error where none is open. */
    view() {
      const top = stack(workspace, user.id).at(-1);
      if (!top) throw new Error(`${user.name} has no form open`);
      return top;
    },
    views: () => stack(workspace, user.id),
    home,
    /** What only they see there. */
    ephemerals: (place: Channel) =>
      workspace.messages.filter((m) => m.channel === place.id && m.ephemeralTo === user.id && !m.deleted),
  };
}

/** What Slack makes of typed text. */
function asSent(text: string): string {
  return text
    .split(/(<[@#!][^>]+>|https?:\/\/[^\s<>]+)/)
    .map((part, i) => (i % 2 === 0 ? escaped(part) : part.startsWith('http') ? `<${escaped(part)}>` : part))
    .join('');
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
