import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import type { Moved, MoveOrder, MoveReport } from './mover.ts';

/** Runs in its own thread: reading and hashing here holds nobody up, and its small heap is collected quickly. */

const chunk = 1024 * 1024;

async function move({ from, to }: MoveOrder): Promise<Moved> {
  await using source = await open(from, 'r');
  if (to === null) return await pour(source, null);
  await using target = await open(to, 'wx');
  return await pour(source, target);
}

async function pour(source: FileHandle, target: FileHandle | null): Promise<Moved> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(chunk);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, chunk, bytes);
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes };
    const part = buffer.subarray(0, bytesRead);
    hash.update(part);
    if (target) await target.writeFile(part);
    bytes += bytesRead;
  }
}

parentPort?.on('message', async (order: MoveOrder) => {
  const report = (rest: Omit<MoveReport, 'id'>): void => parentPort?.postMessage({ id: order.id, ...rest });
  try {
    report({ moved: await move(order) });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    report({ failed: { message, code: code ?? '' } });
  }
});
