import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drained } from './api/http.ts';
import { type Terminal, terminal } from './chat/terminal/platform.ts';
import { type Config, readConfig } from './config.ts';
import { Never } from './errors.ts';
import type { Storage } from './storage/storage.ts';
import { type House, type Role, roles } from './wiring/app.ts';
import { discordOf } from './wiring/discord.ts';
import { openApp } from './wiring/open.ts';
import { slackOf, slackSettings } from './wiring/slack.ts';
import { workBeside } from './wiring/workshop.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const me = 'me';
/** Milliseconds in which a balancer before several processes notices that one of them is leaving. */
const notice = 5_000;
/** Milliseconds for answers that are on their way when everything stops. */
const goodbye = 3_000;
/** Milliseconds after which a process that was asked to end does; whoever asks kills it after 45 seconds. */
const longestGoodbye = 44_000;
/** The one person at a keyboard asks and decides; a workspace with more people sets its own policy. */
const keyboardPolicy = { selfApproval: true, adminPlace: 'terminal:admin' };

/** The terminal as a platform; it reads the keyboard only when it was asked for. */
function seatAt(config: Config, withKeyboard: boolean, storage: Storage): Terminal {
  return terminal({
    folder: join(config.DATA_DIR, 'terminal'),
    workspace: 'terminal',
    person: me,
    people: { [me]: { name: 'You', groups: [], manager: true } },
    output: process.stdout,
    newId: randomUUID,
    now: Date.now,
    columns: () => process.stdout.columns ?? 80,
    rows: () => process.stdout.rows ?? 24,
    live: withKeyboard && process.stdout.isTTY,
    colour: process.stdout.isTTY && config.NO_COLOR === undefined,
    pathOf: (file) => storage.path(file.key) ?? file.key,
    ...(withKeyboard ? { input: process.stdin } : {}),
  });
}

async function start(config: Config, withKeyboard: boolean, role: Role): Promise<void> {
  const slackWanted = slackSettings(config);
  const putOut = (sentence: string) => {
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 1;
    void stop();
  };
  const chats = async (house: House) => {
    const [slack, discord] = await Promise.all([slackOf(config, house), discordOf(config, house, putOut)]);
    const terminal = seatAt(config, withKeyboard, house.storage);
    return { terminal, ...(slack && { slack }), ...(discord && { discord }) };
  };
  const alone = !slackWanted && !config.DISCORD_TOKEN;
  const running = await openApp({ config, chats, role, policy: alone ? keyboardPolicy : {} });
  if (role !== 'chat') await workBeside(config.DATA_DIR, Date.now());
  const server = createServer((request, response) => void running.answer(request, response));
  const stop = onceOnly(async () => {
    await drained(server, goodbye);
    await running.stop();
  });
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => {
    setTimeout(leaveAll, longestGoodbye).unref();
    running.leave();
    const others = config.DATABASE_URL !== undefined && role !== 'worker';
    // A library that still waits for a server that is away keeps nobody here.
    setTimeout(() => void stop().finally(() => process.exit()), others ? notice : 0);
  });
  const platforms = [running.chats.slack, running.chats.discord].filter((one) => one !== undefined);
  try {
    await listen(server, config.PORT);
    if (role !== 'worker') for (const { name } of platforms) await running.listen(name);
  } catch (error) {
    await stop();
    throw error;
  }
  const statuses = await Promise.all(platforms.map((one) => one.status()));
  const said = [...(slackWanted?.missing ?? []), ...statuses.flatMap(({ lines }) => lines)];
  if (!withKeyboard) return say(status(config, running.connected, said));
  const help = '/video-help says what can be typed, :quit leaves.';
  say([`Dailies. ${keys(running.connected)}`, ...said, help].join('\n'));
  const seat = running.chats.terminal;
  await running.listen(seat.name);
  await seat.ended;
  await stop();
}

const status = (config: Config, connected: readonly string[], platforms: readonly string[]): string =>
  `Dailies is running at http://localhost:${config.PORT}, data in ${config.DATA_DIR}.
${platforms.length > 0 ? platforms.join('\n') : 'No chat platform is connected.'}
${keys(connected)}
To try it by hand: npm start -- --terminal
Ctrl-C stops; whatever is being made goes on at the next start.`;

const keys = (connected: readonly string[]): string =>
  connected.length === 0
    ? 'No provider key is set, so sample models stand in and nothing is charged.'
    : `Keys are set for ${connected.join(', ')}; what none of them serves is done by samples.`;

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Never('port-taken', portTaken(port)) : error),
    );
    server.listen(port, resolve);
  });
}

const portTaken = (port: number): string =>
  `Port ${port} is taken. Stop what uses it, or start Dailies with another one: PORT=${port + 1} npm start`;

function onceOnly(run: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= run();
    return done;
  };
}

/** What still runs is taken up by another process, or at the next start. */
function leaveAll(): never {
  process.stderr.write('Dailies did not come to an end in time, so it leaves as it is. Nothing is lost.\n');
  process.exit(1);
}

const usage = `Possible: npm start, npm start -- --terminal, npm start -- --role ${roles.join('|')}`;

function asked(): { terminal: boolean; role: Role } {
  const options = { terminal: { type: 'boolean' }, role: { type: 'string' } } as const;
  try {
    const { terminal = false, role: wanted = 'all' } = parseArgs({ options }).values;
    const role = roles.find((known) => known === wanted);
    if (role) return { terminal, role };
  } catch {
    // Said below, in our words.
  }
  throw new Never('usage', `I do not know ${process.argv.slice(2).join(' ')}. ${usage}`);
}

await Promise.resolve()
  .then(() => {
    const { terminal, role } = asked();
    return start(readConfig(), terminal, role);
  })
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Never ? error.message : String((error as Error).stack)}\n`);
    process.exitCode = 1;
  });
