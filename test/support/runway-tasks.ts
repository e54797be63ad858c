import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** What a create comes to, instead of a film; also by a word in the prompt, as `runway:hang`. */
export const runwayFaults = [
  // Refused, nothing accepted.
  'bad-key',
  'forbidden',
  'busy',
  'down',
  'drop',
  'moderated',
  'no-credit',
  'gone',
  'redirect',
  // Accepted, and the answer is lost or odd.
  'accept-then-drop',
  'accept-then-down',
  'hang',
  'stall',
  'slow',
  'wrong-body',
  // Accepted, and ends badly.
  'unsafe-input',
  'unsafe-output',
  'bad-output',
  'outage',
  'dead-url',
  'dead-urls',
  'cut-short',
] as const;
export type RunwayFault = (typeof runwayFaults)[number];

/** One line of the log: what happened, never what the app believes. */
export interface RunwayFact {
  at: number;
  kind: 'request' | 'refused' | 'accepted' | 'ended' | 'deleted' | 'uploaded' | 'delivered';
  task?: string;
  model?: string;
  method?: string;
  path?: string;
  /** Of a refusal, or of an ended task. */
  status?: number | string;
  /** Charged, where the task has ended. */
  credits?: number;
  bytes?: number;
  /** What was accepted; pictures are cut after 60 characters. */
  body?: unknown;
  why?: unknown;
}

export interface RunwayTask {
  id: string;
  at: number;
  model: string;
  seconds: number;
  estimate: number;
  fault: RunwayFault | null;
  ended: { status: string; credits: number; failureCode?: string } | null;
  /** URLs given out; each is another one. */
  urls: number;
}

const perSecond: Record<string, number> = {
  'gen4.5': 12,
  gen4_turbo: 5,
  'veo3.1': 20,
  'veo3.1_fast': 10,
  seedance2_5: 30,
  seedance2_mini: 16,
  wan3: 10,
};

const badEnds: Partial<Record<RunwayFault, { failureCode: string; charged: boolean }>> = {
  'unsafe-input': { failureCode: 'SAFETY.INPUT.TEXT', charged: true },
  'unsafe-output': { failureCode: 'SAFETY.OUTPUT.VIDEO', charged: true },
  'bad-output': { failureCode: 'INTERNAL.BAD_OUTPUT.CODE01', charged: false },
  outage: { failureCode: 'THIRD_PARTY.UNAVAILABLE', charged: false },
};

export interface Life {
  /** Milliseconds in the queue, then at work. */
  queue: number;
  run: number;
}

/** The tasks there are, and the log of all that happened. Time alone moves a task on. */
export function openBook(options: { file?: string; life: Life }) {
  const log: RunwayFact[] = [];
  const tasks = new Map<string, RunwayTask>();

  function note(fact: Omit<RunwayFact, 'at'>): void {
    const line = { at: Date.now(), ...fact };
    log.push(line);
    if (options.file) appendFileSync(options.file, `${JSON.stringify(line)}\n`);
  }

  function accept(body: { model: string; duration?: unknown }, fault: RunwayFault | null): RunwayTask {
    const seconds = typeof body.duration === 'number' ? body.duration : 5;
    const estimate = (perSecond[body.model] ?? 10) * seconds;
    const id = randomUUID();
    const task = { id, at: Date.now(), model: body.model, seconds, estimate, fault, ended: null, urls: 0 };
    tasks.set(id, task);
    note({ kind: 'accepted', task: id, model: body.model, body: JSON.parse(JSON.stringify(body, cut)) });
    return task;
  }

  function end(task: RunwayTask, ended: NonNullable<RunwayTask['ended']>): void {
    task.ended = ended;
    note({ kind: 'ended', task: task.id, status: ended.status, credits: ended.credits });
  }

  /** A real service goes on with tasks that nobody asks about, and bills them. */
  function settle(): void {
    for (const task of tasks.values()) {
      if (task.ended || Date.now() - task.at < options.life.queue + options.life.run) continue;
      const bad = task.fault && badEnds[task.fault];
      if (!bad) end(task, { status: 'SUCCEEDED', credits: task.estimate });
      else {
        const { failureCode, charged } = bad;
        end(task, { status: 'FAILED', credits: charged ? task.estimate : 0, failureCode });
      }
    }
  }

  /** Calls a task off, for nothing while it waits; one that has ended is destroyed. */
  function remove(task: RunwayTask): void {
    const waited = Date.now() - task.at;
    note({ kind: 'deleted', task: task.id });
    if (task.ended) tasks.delete(task.id);
    else {
      const share = waited < options.life.queue ? 0 : (waited - options.life.queue) / options.life.run;
      end(task, { status: 'CANCELLED', credits: Math.ceil(task.estimate * Math.min(1, share)) });
    }
  }

  return { log, tasks, note, accept, settle, remove, life: options.life };
}
export type Book = ReturnType<typeof openBook>;

const cut = (_: string, value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('data:') ? `${value.slice(0, 60)}…${value.length}` : value;
