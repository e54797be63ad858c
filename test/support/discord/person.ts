import { type Answers, fillForm, several } from './form.ts';
import { ask, type Form, type Interaction } from './interactions.ts';
import { edit, limitOf, post, remove } from './messages.ts';
import { may, permissionsOf, sees } from './permissions.ts';
import { react, unreact } from './reactions.ts';
import { directWith } from './rest-guilds.ts';
import { messageShape } from './shape-message.ts';
import { checkFile, fill, type Given, insist, nothing, told } from './slash.ts';
import { setThread } from './threads.ts';
import { type Part, part, partsIn, type Upload } from './wire.ts';
import type { Channel, Command, Guild, Message, Role, User, World } from './world.ts';

/** Somebody at Discord's app. A verb throws where the app would not let a person do it. */
export interface Person {
  id: string;
  user: User;
  /** `/name` with its options, or a message command by its name, with `message`. */
  uses(command: string, options: Record<string, Given>, where: Channel): Interaction;
  usesOn(command: string, message: Message): Interaction;
  /** The choices that the bot offers while an option is typed. */
  autocompletes(command: string, typed: Record<string, string>, focused: string, where: Channel): Interaction;
  /** A button, by its label or emoji; for a link resolves to nothing and is only checked. */
  presses(message: Message, label: string): Interaction;
  /** From a select, by its placeholder or custom id, or the only one where that is left out. */
  picks(message: Message, values: Given[], select?: string): Interaction;
  /** Fills the form that was the answer to a question of this person's. */
  submits(question: Interaction, answers: Answers): Interaction;
  says(where: Channel, text: string, files?: Upload[]): Message;
  /** `ping`: the author of the message is mentioned, as the app does unless told not to. */
  replies(to: Message, text: string, more?: { files?: Upload[]; ping?: boolean }): Message;
  edits(message: Message, text: string): void;
  deletes(message: Message): void;
  reacts(message: Message, emoji: string): void;
  unreacts(message: Message, emoji: string): void;
  /** Closes a thread, or opens it again. */
  archives(thread: Channel, archived?: boolean): void;
  /** What this person sees in a channel, with what only they see, in order. */
  sees(where: Channel): Message[];
  /** The conversation of this person with the bot alone. */
  direct(): Channel;
  /** Gets or loses a role. */
  becomes(role: Role, has?: boolean): void;
}

export function newPerson(world: World, guild: Guild, user: User): Person {
  const note = (does: string, detail: unknown) =>
    world.log.note({ kind: 'person', who: user.name, does, detail });

  function here(channel: Channel): void {
    insist(sees(channel, user.id), `${user.name} does not see ${channel.name}`);
  }

  function command(name: string, type: number, channel: Channel): Command {
    here(channel);
    insist(may(channel, user.id, 'USE_APPLICATION_COMMANDS'), `${user.name} may not use commands here`);
    const all = [...guild.commands.values(), ...world.commands.values()];
    const found = all.find((each) => each.name === name && (each.type ?? 1) === type);
    insist(found, `there is no command ${name}`);
    insist(!channel.thread?.archived, 'there are no commands in an archived thread');
    insist(allowed(found, channel), `${user.name} may not use ${name}`);
    return found;
  }

  function allowed({ default_member_permissions: needed }: Command, channel: Channel): boolean {
    if (needed === undefined || needed === null) return true;
    const has = may(channel, user.id, 'ADMINISTRATOR');
    return has || (BigInt(needed) !== 0n && holds(channel, BigInt(needed)));
  }

  const holds = (channel: Channel, needed: bigint): boolean =>
    (permissionsOf(channel, user.id) & needed) === needed;

  const naming = (found: Command) => ({
    id: found.id,
    name: found.name,
    type: found.type ?? 1,
    ...(guild.commands.has(found.id) ? { guild_id: guild.id } : {}),
  });

  function usable(message: Message): void {
    const mine = message.onlyFor === null || message.onlyFor === user.id;
    insist(!message.deleted && mine, `${user.name} does not see this message`);
    here(message.channel);
  }

  function component(message: Message, one: Part, values?: string[], resolved: object = {}): Interaction {
    insist(!one.disabled, `"${one.label ?? one.placeholder}" is switched off`);
    const data = {
      component_type: one.type,
      custom_id: one.custom_id,
      id: one.id,
      ...(values ? { values } : {}),
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
    };
    note(values ? 'picks' : 'presses', { message: message.id, ...data });
    return ask(world, { type: 3, person: user, channel: message.channel, data, source: message });
  }

  function say(
    channel: Channel,
    text: string,
    files: Upload[],
    reply?: { to: Message; ping: boolean },
  ): Message {
    here(channel);
    insist(text !== '' || files.length > 0, 'an empty message');
    const right = channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES';
    insist(may(channel, user.id, right), `${user.name} may not write here`);
    insist(!channel.thread?.locked, 'the thread is locked');
    for (const file of files) checkFile(user, file, null);
    if (channel.thread?.archived) setThread(world, channel, { archived: false });
    note(reply ? 'replies' : 'says', text);
    const allowed_mentions = { parse: ['users'].slice(0, reply?.ping === false ? 0 : 1) };
    const limit = Math.max(user.uploadLimit, limitOf(channel.guild?.tier ?? 0));
    const sent = new Map(files.map((file, i) => [String(i), file]));
    const body = { content: text, allowed_mentions };
    return post(world, {
      channel,
      author: user,
      body,
      files: sent,
      limit,
      more: { reference: reply?.to ?? null },
    });
  }

  return {
    id: user.id,
    user,
    uses(name, options, where) {
      const found = command(name.replace(/^\//, ''), 1, where);
      const resolved = nothing();
      const filled = fill({ world, person: user, channel: where, resolved }, found, options);
      const files = told(resolved);
      const data = {
        ...naming(found),
        ...(filled.length > 0 ? { options: filled } : {}),
        ...(Object.keys(files).length > 0 ? { resolved: files } : {}),
      };
      note('uses', { name, options: filled });
      return ask(world, { type: 2, person: user, channel: where, data });
    },
    usesOn(name, message) {
      usable(message);
      const found = command(name, 3, message.channel);
      const resolved = { messages: { [message.id]: messageShape(world, message) } };
      note('uses', { name, message: message.id });
      const data = { ...naming(found), target_id: message.id, resolved };
      return ask(world, { type: 2, person: user, channel: message.channel, data });
    },
    autocompletes(name, typed, focused, where) {
      const found = command(name.replace(/^\//, ''), 1, where);
      const option = found.options?.find((each) => each.name === focused);
      insist(option?.autocomplete, `${focused} offers nothing while it is typed`);
      const options = Object.entries(typed).map(([key, value]) => {
        const { type } = found.options?.find((each) => each.name === key) ?? {};
        insist(type, `/${found.name} has no option ${key}`);
        return { name: key, type, value, ...(key === focused ? { focused: true } : {}) };
      });
      return ask(world, { type: 4, person: user, channel: where, data: { ...naming(found), options } });
    },
    presses(message, label) {
      usable(message);
      const buttons = partsIn(message.components).filter((each) => each.type === part.button);
      const found = buttons.find((each) => each.label === label || each.emoji?.name === label);
      insist(found, `there is no button ${label}, but ${buttons.map((each) => each.label)}`);
      insist(!found.url, `"${label}" is a link`);
      return component(message, found);
    },
    picks(message, values, select) {
      usable(message);
      const found = partsIn(message.components)
        .filter((each) => selects.includes(each.type))
        .find((each) => !select || each.placeholder === select || each.custom_id === select);
      insist(found, `there is no select ${select ?? ''}`);
      const resolved = nothing();
      const filling = { world, person: user, channel: message.channel, resolved };
      const chosen = several(filling, found, values, found.placeholder ?? '');
      return component(message, found, chosen, told(resolved));
    },
    submits(question, answers) {
      const { form, person, channel, source } = question;
      insist(form && person === user, `${user.name} is not shown a form`);
      const resolved = nothing();
      const components = fillForm({ world, person: user, channel, resolved }, form as Form, answers);
      const files = told(resolved);
      const data = {
        custom_id: form.custom_id,
        components,
        ...(Object.keys(files).length > 0 ? { resolved: files } : {}),
      };
      question.form = null;
      note('submits', { title: form.title, components });
      return ask(world, { type: 5, person: user, channel, data, source });
    },
    says: (where, text, files = []) => say(where, text, files),
    replies(to, text, { files = [], ping = true } = {}) {
      usable(to);
      return say(to.channel, text, files, { to, ping });
    },
    edits(message, content) {
      insist(message.author === user && !message.deleted, 'only own messages can be edited');
      note('edits', { message: message.id, content });
      const posting = { channel: message.channel, author: user, files: new Map(), limit: 0 };
      edit(world, message, { ...posting, body: { content } });
    },
    deletes(message) {
      const keeper = may(message.channel, user.id, 'MANAGE_MESSAGES');
      insist(message.author === user || keeper, `${user.name} may not delete this`);
      note('deletes', message.id);
      remove(world, message);
    },
    reacts(message, emoji) {
      usable(message);
      note('reacts', { message: message.id, emoji });
      react(world, message, user.id, emoji);
    },
    unreacts(message, emoji) {
      note('unreacts', { message: message.id, emoji });
      unreact(world, message, user.id, emoji);
    },
    archives(thread, archived = true) {
      insist(may(thread, user.id, 'MANAGE_THREADS') || thread.thread?.owner === user.id, 'not their thread');
      note('archives', { thread: thread.id, archived });
      setThread(world, thread, { archived });
    },
    sees: (where) =>
      [...where.messages.values()].filter(
        (each) => !each.deleted && (each.onlyFor === null || each.onlyFor === user.id),
      ),
    direct: () => directWith(world, user.id),
    becomes(role, has = true) {
      const member = guild.members.get(user.id);
      insist(member, `${user.name} is not in ${guild.name}`);
      member.roles = member.roles.filter((id) => id !== role.id).concat(has ? role.id : []);
    },
  };
}

const selects = [
  part.stringSelect,
  part.userSelect,
  part.roleSelect,
  part.mentionableSelect,
  part.channelSelect,
];
