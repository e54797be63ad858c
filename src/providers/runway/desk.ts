import { NotFoundError, type RunwayML } from '@runwayml/sdk';
import { Never, TryLater } from '../../errors.ts';
import type { GuardedDownload } from '../../net/guarded-fetch.ts';
import { recent } from '../../recent.ts';
import { filmLimits, type Progress } from '../video.ts';
import { micros, progressOf, readTask, type Task } from './task.ts';
import { ofReading } from './trouble.ts';

export interface DeskParts {
  client: Pick<RunwayML, 'tasks'>;
  download: GuardedDownload;
  /** Milliseconds for one request, and between two questions about one task. */
  timeout: number;
  pace: number;
}

const isUnderway = (task: Task) =>
  task.status === 'PENDING' || task.status === 'THROTTLED' || task.status === 'RUNNING';

/** Many more than are ever underway at once. */
const most = 10_000;

/** Everything that is done with a task once it is bought. */
export function openDesk({ client, download, timeout, pace }: DeskParts) {
  const seen = recent<{ at: number; task: Task }>(most);
  /** What a task that was called off may have cost at most: Runway may not know it any more when asked. */
  const calledOff = recent<number>(most);

  const inTime = (signal?: AbortSignal) => ({
    signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
  });

  /** The task, or null where Runway does not know it. */
  async function ask(id: string, signal?: AbortSignal): Promise<Task | null> {
    try {
      return readTask(await client.tasks.retrieve(id, inTime(signal)));
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw ofReading(error);
    }
  }

  async function watch(id: string): Promise<Progress> {
    const last = seen.get(id);
    if (last && performance.now() - last.at < pace) return progressOf(id, last.task);
    seen.delete(id);
    const task = await ask(id);
    if (task === null) return gone(id, calledOff.get(id));
    if (isUnderway(task)) seen.set(id, { at: performance.now(), task });
    return progressOf(id, task);
  }

  /** Deleting a task that has ended would destroy what was paid for, and the bill with it. */
  async function cancel(id: string): Promise<void> {
    const task = await ask(id);
    if (task === null || !('estimatedCost' in task)) return;
    calledOff.set(id, micros(task.estimatedCost));
    seen.delete(id);
    await client.tasks.delete(id, inTime()).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw ofReading(error);
    });
  }

  async function bring(id: string, file: string, signal: AbortSignal): Promise<void> {
    for (const _ of ['as it is', 'anew']) {
      if (await brought(urlOf(await ask(id, signal)), file, signal, download)) return;
    }
    throw new TryLater('a fresh URL is dead', { delay: 30_000, sent: false });
  }

  return { watch, cancel, bring };
}

/** A task we did not call off, and that is not there (another key?), must not be bought once more elsewhere. */
function gone(id: string, cost: number | undefined): Progress {
  if (cost === undefined) throw new Never('provider-error', `no such task: ${id}`);
  return { state: 'canceled', cost };
}

function urlOf(task: Task | null): string {
  const url = task?.status === 'SUCCEEDED' ? task.output[0] : undefined;
  if (url === undefined) throw new Never('provider-error', 'no such output');
  return url;
}

const dead: readonly string[] = ['link-missing', 'link-refused'];

/** False where the URL has died. */
async function brought(
  url: string,
  file: string,
  signal: AbortSignal,
  download: GuardedDownload,
): Promise<boolean> {
  try {
    await download(url, file, { ...filmLimits, signal });
    return true;
  } catch (error) {
    if (error instanceof Never && dead.includes(error.code)) return false;
    throw error;
  }
}
