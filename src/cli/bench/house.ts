import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Effect, EffectOf } from '../../campaign/effect.ts';
import type { Intent } from '../../campaign/intent.ts';
import { Model } from '../../campaign/model.ts';
import type { Outcome } from '../../campaign/outcome.ts';
import { usualPolicy } from '../../campaign/policy.ts';
import { createEngine } from '../../engine/engine.ts';
import { createWorker, type WorkerParts } from '../../engine/worker.ts';
import { type Jobs, repeatable } from '../../jobs/job.ts';
import type { Journal } from '../../journal/journal.ts';
import { logTo } from '../../log.ts';
import { inProcess } from '../../queue/in-process.ts';
import type { Queue } from '../../queue/queue.ts';
import { watchCommits } from '../../wiring/watch.ts';

const model = Model.parse({
  ...{ id: 'any', name: 'Any', provider: 'bench', goodFor: 'benches', kinds: ['text-to-video'] },
  ...{ seconds: [6], aspects: ['16:9', '9:16', '1:1', '4:5'], price: { perSecond: 1000 }, typicalWait: 1 },
  ...{ quality: 'high', verifiedOn: '2026-11-21', status: 'live' },
});

const kept = (name: string) => ({ key: `generated/b/${name}`, sha256: name, bytes: 1 });
const film = { ...kept('film'), mime: 'video/mp4', width: 16, height: 9, seconds: 6 };
const poster = { ...kept('poster'), mime: 'image/jpeg', width: 16, height: 9 };
const refinement = { still: 'a still', motion: 'a move', rationale: '', product: 'Aurora', tagline: null };
const who = { name: 'Lee', groups: [], manager: true };

/** A world in which everything works at once: what is left is our own cost. */
const outcomes: { [T in Effect['type']]?: (effect: EffectOf<T>) => Outcome } = {
  'open-place': () => ({ type: 'conversation.opened', place: `bench:${randomUUID()}` }),
  'refine-prompt': ({ n }) => ({ type: 'prompt.refined', n, refinement }),
  moderate: ({ of, n }) => ({ type: 'moderation.passed', of, n, pictures: [], unchecked: null }),
  'buy-take': ({ take, tag }) => ({ type: 'take.created', take, tag, prediction: 'p' }),
  'watch-take': ({ take }) => ({ type: 'take.succeeded', take, prediction: 'p', output: 'o', cost: 6000 }),
  'download-take': ({ take }) => ({
    type: 'take.downloaded',
    take,
    film: { ...kept('raw'), mime: 'video/mp4' },
  }),
  'finish-take': ({ take, cut }) => ({ type: 'take.finished', take, cut, film, poster, notes: [] }),
  'check-approver': ({ vote }) => ({ type: 'approver.checked', vote, who }),
};

/** Milliseconds that somebody else takes for an effect. */
export type Waits = { [T in Effect['type']]?: number };

const jobsWith = (waits: Waits) =>
  new Proxy({} as Jobs, {
    get(_, type: Effect['type']) {
      const outcome = outcomes[type] as ((effect: Effect) => Outcome) | undefined;
      return repeatable(async (effect: Effect) => {
        if (waits[type]) await setTimeout(waits[type]);
        return outcome ? { outcome: outcome(effect) } : { done: true };
      });
    },
  });

const newId = () => randomUUID().slice(0, 18);

/** An engine on a journal, and a worker that is not started yet. */
export function crewOn(
  journal: Journal,
  queue: Queue,
  { limits = {}, waits = {} }: { limits?: WorkerParts['limits']; waits?: Waits } = {},
) {
  const log = logTo(process.stderr, 'error', Date.now);
  const usual = { journal, queue, clock: Date.now };
  const engine = createEngine({ ...usual, newId, usualPolicy, catalogue: () => [model] });
  const jobs = jobsWith(waits);
  const worker = createWorker({ ...usual, engine, jobs, log, holder: newId(), lease: 60_000, limits });
  const tell = (
    workspace: string,
    person: string,
    intent: Intent,
    at: { campaign: string } | { place: string },
  ) => engine.tell({ id: newId(), workspace, person, at, intent });
  return { engine, worker, tell };
}

export const brief = { words: 'A calm film for Aurora tea', options: {}, references: [], place: 'bench:c' };

/** The engine and a worker on a journal; `campaign` takes one from its brief to its approval. */
export async function house(opened: Journal) {
  const { journal, until } = watchCommits(opened, null);
  const queue = inProcess({ clock: Date.now });
  const { engine, worker, tell } = crewOn(journal, queue);
  await worker.start();

  async function campaign(workspace: string): Promise<void> {
    const { campaign: id } = await tell(workspace, 'maya', { type: 'open', ...brief }, { place: 'bench:c' });
    const at = { campaign: id ?? '' };
    const stream = `campaign:${id}`;
    const state = () => engine.campaign(stream);
    await until(stream, state, (c) => c.revisions.length > 0 && !c.refining && c.place !== null, 10_000);
    await tell(workspace, 'maya', { type: 'generate' }, at);
    await until(stream, state, (c) => c.review !== null, 10_000);
    await tell(workspace, 'lee', { type: 'vote', verdict: 'approve', cut: '1a', words: '' }, at);
    await until(stream, state, (c) => c.phase === 'approved', 10_000);
  }

  return {
    campaign,
    board: (workspace: string) => engine.board({ workspace, limit: 20 }),
    async stop() {
      await queue.close();
      await worker.stop(5_000);
      await opened.close();
    },
  };
}
