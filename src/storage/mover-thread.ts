import { createHash } from 'node:crypto';
import { type FileHandle, link, open, realpath, rm } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { guardedFetch } from '../net/guarded-fetch.ts';
import { sendStream } from '../net/send-stream.ts';
import type { Moved, MoveOrder, MoveReport, MoverData, MoverMessage } from './mover.ts';
import { packed } from './mover-errors.ts';

/** Runs in its own thread: reading and hashing here holds nobody up, and its small heap is collected quickly. */

const chunk = 1024 * 1024;
const fetch = guardedFetch(workerData as MoverData);
const running = new Map<number, AbortController>();

async function move(order: MoveOrder, signal: AbortSignal): Promise<Moved | null> {
  if (order.does === 'download') {
    const { url, to, mostBytes, timeout } = order;
    return await intoNew(to, async (target) => {
      const body = await fetch(url, { signal, mostBytes, ...(timeout === undefined ? {} : { timeout }) });
      return pour(body, target);
    });
  }
  await using source = await open(order.from, 'r');
  if (order.does === 'send') {
    await sendStream(source.createReadStream({ autoClose: false }), order.sending);
    return null;
  }
  const isThere = order.does === 'hash' || (order.does === 'adopt' && (await linked(order.from, order.to)));
  if (isThere) return await pour(parts(source), null);
  await using target = await open(order.to, 'wx');
  return await pour(parts(source), target);
}

/** Whether the file has a second name now; a copy tells what is wrong where it has not. */
async function linked(from: string, to: string): Promise<boolean> {
  return await link(await realpath(from), to).then(
    () => true,
    () => false,
  );
}

/** A file that is written to the end or not there. */
async function intoNew<T>(file: string, write: (target: FileHandle) => Promise<T>): Promise<T> {
  await using target = await open(file, 'wx');
  try {
    return await write(target);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** One buffer for the whole file: each part is gone when the next is asked for. */
async function* parts(source: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunk);
  for (let at = 0; ; ) {
    const { bytesRead } = await source.read(buffer, 0, chunk, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

async function pour(source: AsyncIterable<Buffer>, target: FileHandle | null): Promise<Moved> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of source) {
    hash.update(part);
    if (target) await target.writeFile(part);
    bytes += part.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function carryOut(order: MoveOrder): Promise<MoveReport> {
  const { id } = order;
  const ends = new AbortController();
  running.set(id, ends);
  try {
    return { id, moved: await move(order, ends.signal) };
  } catch (error) {
    return { id, failed: packed(error) };
  } finally {
    running.delete(id);
  }
}

parentPort?.on('message', async (message: MoverMessage) => {
  if (message.does === 'abort') return running.get(message.id)?.abort();
  parentPort?.postMessage(await carryOut(message));
});
