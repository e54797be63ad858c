import { attachmentShape, keepFile } from './cdn.ts';
import { loneMember, roleShape, userShape } from './shapes.ts';
import type { CommandOption, Upload } from './wire.ts';
import type { Channel, Command, User, World } from './world.ts';

/** What a person can put into an option, a select or a field: words, numbers, files, people, roles, channels. */
export type Given = string | number | boolean | Upload | { id: string };

export interface Resolved {
  users: Record<string, object>;
  members: Record<string, object>;
  roles: Record<string, object>;
  channels: Record<string, object>;
  attachments: Record<string, object>;
  messages: Record<string, object>;
}

export const nothing = (): Resolved => ({
  users: {},
  members: {},
  roles: {},
  channels: {},
  attachments: {},
  messages: {},
});

/** Only what there is. */
export const told = (resolved: Resolved): object =>
  Object.fromEntries(Object.entries(resolved).filter(([, values]) => Object.keys(values).length > 0));

export const isUpload = (given: unknown): given is Upload =>
  typeof given === 'object' && given !== null && 'bytes' in given;

/** What Discord's own app would not let a person do; a test that meets it is mistaken. */
class Impossible extends Error {}

export function insist(possible: unknown, why: string): asserts possible {
  if (!possible) throw new Impossible(`Discord's app does not let a person do this: ${why}`);
}

const kinds: Record<string, string[]> = {
  image: ['png', 'gif', 'jpg', 'jpeg', 'jfif', 'webp', 'avif'],
  video: ['mp4', 'mov', 'qt', 'webm'],
  audio: ['mp3', 'ogg', 'wav', 'flac', 'm4a', 'aac'],
};

/** The app looks at the ending of the name only. */
export function checkFile(person: User, file: Upload, fileTypes: readonly string[] | null | undefined): void {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  const fits = (kind: string): boolean => kind === `.${ending}` || (kinds[kind]?.includes(ending) ?? false);
  insist(!fileTypes?.length || fileTypes.some(fits), `${file.name} is none of ${fileTypes}`);
  insist(file.bytes.length <= person.uploadLimit, `${file.name} has ${file.bytes.length} bytes`);
}

/** Puts a file where those of commands and forms lie, and tells its id. */
export function upload(world: World, file: Upload, resolved: Resolved): string {
  const kept = keepFile(world, world.application.id, file, { ephemeral: true });
  resolved.attachments[kept.id] = attachmentShape(world, kept);
  return kept.id;
}

/** Puts a person, role or channel beside the id that was picked. */
export function resolve(world: World, channel: Channel, id: string, resolved: Resolved): string {
  const { guild } = channel;
  const user = world.users.get(id);
  const member = guild?.members.get(id);
  const role = guild?.roles.get(id);
  const there = guild?.channels.get(id);
  insist(user || role || there, `there is no ${id} here`);
  if (user) resolved.users[id] = userShape(user);
  if (member) resolved.members[id] = loneMember(member);
  if (role) resolved.roles[id] = roleShape(role);
  if (there) resolved.channels[id] = { id, type: there.type, name: there.name, permissions: '0' };
  return id;
}

interface Filling {
  world: World;
  person: User;
  channel: Channel;
  resolved: Resolved;
}

/** The options of a slash command as they are sent. */
export function fill(filling: Filling, command: Command, given: Record<string, Given>): object[] {
  const wanted = command.options ?? [];
  for (const name of Object.keys(given))
    insist(
      wanted.some((one) => one.name === name),
      `/${command.name} has no option ${name}`,
    );
  for (const one of wanted)
    insist(!one.required || given[one.name] !== undefined, `/${command.name} needs ${one.name}`);
  return wanted.flatMap((option) => {
    const value = given[option.name];
    return value === undefined
      ? []
      : { name: option.name, type: option.type, value: sentAs(filling, option, value) };
  });
}

function sentAs({ world, person, channel, resolved }: Filling, option: CommandOption, given: Given) {
  if (option.type === 11) {
    insist(isUpload(given), `${option.name} takes a file`);
    checkFile(person, given, option.file_types);
    return upload(world, given, resolved);
  }
  if (option.type >= 6 && option.type <= 9) {
    insist(typeof given === 'object' && 'id' in given, `${option.name} takes a person, role or channel`);
    return resolve(world, channel, given.id, resolved);
  }
  return plain(option, given);
}

const types: Record<number, string> = { 3: 'string', 4: 'number', 5: 'boolean', 10: 'number' };

function plain(option: CommandOption, given: Given): string | number | boolean {
  const { name, type, choices } = option;
  insist(typeof given !== 'object' && typeof given === types[type], `${name} takes a ${types[type]}`);
  insist(type !== 4 || Number.isInteger(given), `${name} takes a whole number`);
  if (choices?.length) {
    const choice = choices.find((one) => one.value === given || one.name === given);
    insist(choice, `${name} has no choice ${given}`);
    return choice.value;
  }
  const size = typeof given === 'string' ? given.length : Number(given);
  const [least, most] =
    typeof given === 'string'
      ? [option.min_length, option.max_length ?? 6000]
      : [option.min_value, option.max_value];
  insist(size >= (least ?? -Infinity) && size <= (most ?? Infinity), `${name} is ${size}`);
  return given;
}
