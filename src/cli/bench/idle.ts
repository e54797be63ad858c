import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hearing, helper } from './idle/hearing.ts';

const guilds = 2_500;
const goal = 160_000_000;
/** Milliseconds after the last server was told: V8 gives memory back some seconds after the work. */
const rest = 20_000;

/**
 * What a process that only hears people weighs at rest, in a Discord of many servers. Started twice, each time anew in
 * all but the compiled code: the first start compiles everything and keeps the compiler in memory.
 */
export async function idle(say: (line: string) => void): Promise<boolean> {
  const code = await mkdtemp(join(tmpdir(), 'dailies-idle-'));
  try {
    say(`--role chat, ${guilds} servers       at once       most    at rest`);
    const first = await weighed('first start', code, say);
    const second = await weighed('second start', code, say);
    const isKept = Math.max(first, second) <= goal;
    say(`goal: at most ${megabytes(goal).trim()} at rest: ${isKept ? 'met' : 'missed'}`);
    return isKept;
  } finally {
    await rm(code, { recursive: true, force: true });
  }
}

async function weighed(name: string, code: string, say: (line: string) => void): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-idle-'));
  const services = await helper('services/own.ts');
  const discord = await helper('discord/crowded.ts', [`${guilds}`]);
  const told = discord.next();
  const app = hearing({
    ...{ ...services.variables, ...discord.variables },
    ...{ DATA_DIR: folder, NODE_COMPILE_CACHE: code },
  });
  try {
    await Promise.race([told, app.ended]);
    const atOnce = app.memory().now;
    await Promise.race([sleep(rest), app.ended]);
    const { now, most } = app.memory();
    say(`${name.padEnd(28)}${[atOnce, most, now].map(megabytes).join('')}`);
    return now;
  } finally {
    await app.stop();
    await Promise.all([discord.end(), services.end()]);
    await rm(folder, { recursive: true, force: true });
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(0)} MB`.padStart(11);
