import { invalid, no } from './refused.ts';
import type { Ask } from './routes.ts';
import { commandShape } from './shapes.ts';
import type { CommandBody, CommandOption } from './wire.ts';
import type { Command, Guild, World } from './world.ts';

const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const subcommand = [1, 2];

const typeOf = ({ type }: CommandBody): number => type ?? 1;

/** The shelf of commands that a request is about: everybody's, or one server's. */
function shelf({ world, at }: Ask, guild: string | null) {
  if (at('application_id') !== world.application.id) throw no('unknownApplication');
  const server = guild === null ? null : world.guilds.get(guild);
  if (server === undefined) throw no('unknownGuild');
  return { server, commands: server?.commands ?? world.commands };
}

const shown = ({ world, query }: Ask, server: Guild | null, command: Command) =>
  commandShape(command, world.application.id, server?.id ?? null, query.get('with_localizations') === 'true');

export function listCommands(ask: Ask, guild: string | null): object {
  const { server, commands } = shelf(ask, guild);
  return [...commands.values()].map((each) => shown(ask, server, each));
}

/** Replaces all of them; those whose name stays keep their id. */
export function putCommands(ask: Ask, guild: string | null): object {
  const { server, commands } = shelf(ask, guild);
  const wanted = (ask.body ?? []) as CommandBody[];
  checkAll(wanted);
  const before = [...commands.values()];
  const fresh = wanted.filter((each) => !before.some((one) => same(one, each)));
  if (server) count(server, fresh.length);
  commands.clear();
  for (const each of wanted) keep(ask.world, commands, each, before.find((one) => same(one, each))?.id);
  return [...commands.values()].map((each) => shown(ask, server, each));
}

export function postCommand(ask: Ask, guild: string | null): object {
  const { server, commands } = shelf(ask, guild);
  const wanted = ask.body as CommandBody;
  const others = [...commands.values()].filter((each) => !same(each, wanted));
  checkAll([...others, wanted]);
  const known = [...commands.values()].find((each) => same(each, wanted));
  if (server && !known) count(server, 1);
  return shown(ask, server, keep(ask.world, commands, wanted, known?.id));
}

export function dropCommand(ask: Ask, guild: string | null): void {
  if (!shelf(ask, guild).commands.delete(ask.at('command_id'))) throw no('unknownCommand');
}

const same = (a: CommandBody, b: CommandBody): boolean => a.name === b.name && typeOf(a) === typeOf(b);

function keep(world: World, commands: Map<string, Command>, wanted: CommandBody, id = world.id()): Command {
  const command = { ...wanted, id, version: world.id() };
  commands.set(id, command);
  return command;
}

function count(server: Guild, made: number): void {
  server.commandsMade += made;
  if (server.commandsMade > 200) throw no('commandsToday');
}

function checkAll(wanted: readonly CommandBody[]): void {
  for (const [type, most] of [
    [1, 100],
    [2, 15],
    [3, 15],
  ])
    if (wanted.filter((each) => typeOf(each) === type).length > (most ?? 0)) throw no('tooManyCommands');
  for (const [i, each] of wanted.entries()) {
    if (wanted.slice(0, i).some((one) => same(one, each)))
      throw invalid(`${i}/name`, 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Names must be unique');
    checkCommand(each, String(i));
  }
}

function checkCommand(command: CommandBody, at: string): void {
  if (typeOf(command) !== 1) {
    if (command.description || command.options?.length)
      throw invalid(`${at}/description`, 'APPLICATION_COMMAND_DESCRIPTION', 'Only slash commands have these');
    return;
  }
  checkName(command, at);
  if (!command.description)
    throw invalid(`${at}/description`, 'BASE_TYPE_REQUIRED', 'This field is required');
  if (lengthOf(command) > 8000)
    throw invalid(at, 'APPLICATION_COMMAND_TOO_LARGE', 'At most 8000 characters together');
  checkOptions(command.options ?? [], `${at}/options`);
}

function checkName({ name }: { name: string }, at: string): void {
  if (!slashName.test(name) || name !== name.toLowerCase())
    throw invalid(`${at}/name`, 'APPLICATION_COMMAND_INVALID_NAME', `"${name}" is not a name of a command`);
}

function checkOptions(options: readonly CommandOption[], at: string): void {
  const groups = options.filter(({ type }) => subcommand.includes(type));
  if (groups.length > 0 && groups.length < options.length)
    throw invalid(at, 'APPLICATION_COMMAND_OPTIONS_TYPE', 'Either subcommands or options');
  if (new Set(options.map(({ name }) => name)).size < options.length)
    throw invalid(at, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'The same name twice');
  const firstOptional = options.findIndex((each) => !each.required);
  if (
    groups.length === 0 &&
    options.some((each, i) => each.required && i > firstOptional && firstOptional >= 0)
  )
    throw invalid(at, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', 'Required options come first');
  for (const [i, option] of options.entries()) {
    checkName(option, `${at}/${i}`);
    if (option.autocomplete && option.choices?.length)
      throw invalid(`${at}/${i}`, 'APPLICATION_COMMAND_AUTOCOMPLETE_NO_CHOICES', 'Choices or autocomplete');
    if (option.options) checkOptions(option.options, `${at}/${i}/options`);
  }
}

/** Names, descriptions and values; of each the longest of its languages. */
function lengthOf(command: CommandBody | CommandOption): number {
  const choices = 'choices' in command ? (command.choices ?? []) : [];
  const own = command.name.length + (command.description?.length ?? 0);
  const inChoices = choices.reduce((sum, { name, value }) => sum + name.length + String(value).length, 0);
  return (command.options ?? []).reduce((sum, each) => sum + lengthOf(each), own + inChoices);
}
