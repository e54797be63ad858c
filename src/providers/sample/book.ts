import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One line of `log.jsonl`. What was paid is the sum of the costs; `accepted` costs nothing yet. */
export interface Fact {
  /** Milliseconds since 1970, by the service's clock. */
  at: number;
  kind: 'accepted' | 'billed' | 'canceled' | 'failed' | 'still';
  tag: string;
  prediction: string;
  model: string;
  /** Micro-dollars charged by this very line. */
  cost: number;
  seconds: number;
}

const file = (folder: string): string => join(folder, 'log.jsonl');

/** Everything the sample service has written down in a folder, oldest first. A half-written line is no line. */
export async function readFacts(folder: string): Promise<Fact[]> {
  return (await textOf(folder)).split('\n').flatMap((line) => factIn(line) ?? []);
}

async function textOf(folder: string): Promise<string> {
  try {
    return await readFile(file(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function factIn(line: string): Fact | null {
  try {
    const fact = JSON.parse(line) as Fact;
    return typeof fact.prediction === 'string' && typeof fact.kind === 'string' ? fact : null;
  } catch {
    return null;
  }
}

/** Resolves once the line is on the disk. A torn line before it is closed first, so that it spoils no other. */
export async function writeFact(folder: string, fact: Fact): Promise<void> {
  const log = await open(file(folder), 'a+');
  try {
    const { size } = await log.stat();
    const { buffer } = await log.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    const torn = size > 0 && buffer.toString() !== '\n';
    await log.appendFile(`${torn ? '\n' : ''}${JSON.stringify(fact)}\n`);
    await log.sync();
  } finally {
    await log.close();
  }
}

/** A file that is on the disk when this resolves. */
export async function writeDurable(path: string, bytes: string | Buffer): Promise<void> {
  const target = await open(path, 'w');
  try {
    await target.writeFile(bytes);
    await target.sync();
  } finally {
    await target.close();
  }
}

const held = new Set<string>();
const lockLives = 30_000;

/** Runs `work` while no other process works on the folder's book; a dead process's lock is taken over. */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const lock = join(folder, 'lock');
  while (!(await taken(lock))) await sleep(3);
  held.add(lock);
  try {
    return await work();
  } finally {
    held.delete(lock);
    await rm(lock, { force: true });
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch {
    if (await isLeft(lock)) await rm(lock, { force: true });
    return false;
  }
}

/** Containers give every life the same process id: a lock with our own id that we do not hold is a dead one's too. */
async function isLeft(lock: string): Promise<boolean> {
  const written = await stat(lock).catch(() => null);
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (!written) return false;
  const old = Date.now() - written.mtimeMs;
  // The name exists a moment before its content does, and ours a moment before we know that we hold it.
  if (!pid || pid === process.pid) return old > 1000 && !held.has(lock);
  return old > lockLives || !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
