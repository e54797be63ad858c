import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Handler } from '../api/http.ts';
import type { Effect } from '../campaign/effect.ts';
import { Never, TryLater } from '../errors.ts';
import type { Job, JobResult, Jobs } from '../jobs/job.ts';
import type { Journal, Step } from '../journal/journal.ts';

export type Meters = ReturnType<typeof openMeters>;

/** Gauges and counters of one process, read by whoever watches over it. */
export function openMeters(journal: Pick<Journal, 'backlog'>, clock: () => number) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'dailies_' });

  const attempts = new Histogram({
    name: 'dailies_attempt_seconds',
    help: 'Attempts to carry out an effect, by how they ended',
    labelNames: ['effect', 'end'],
    buckets: [0.01, 0.1, 0.5, 2, 10, 60, 300, 1800],
    registers,
  });
  const answers = new Histogram({
    name: 'dailies_answer_seconds',
    help: 'HTTP requests, until they were answered',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3, 10],
    registers,
  });
  const commits = new Counter({
    name: 'dailies_commits_total',
    help: 'Steps brought to the journal, by what it said',
    labelNames: ['said'],
    registers,
  });
  const money = new Counter({
    name: 'dailies_microdollars_total',
    help: 'US dollars as micro-dollars: reserved, settled and released',
    labelNames: ['kind'],
    registers,
  });
  watchBacklog(registers, journal, clock);

  /** An item is posted on every account that must allow it; the campaign's own counts it once. */
  function posted({ postings }: Step): void {
    for (const { account, kind, micros } of postings)
      if (account.startsWith('campaign:')) money.inc({ kind }, micros);
  }

  return {
    registry,
    /** Every attempt is timed. */
    jobs: (jobs: Jobs): Jobs =>
      Object.fromEntries(
        Object.entries(jobs).map(([effect, job]) => [
          effect,
          timed(job as Job<Effect['type']>, (end, seconds) => attempts.observe({ effect, end }, seconds)),
        ]),
      ) as unknown as Jobs,
    journal: <J extends Pick<Journal, 'commit'>>(given: J): J => ({
      ...given,
      async commit(step: Step) {
        const committed = await given.commit(step);
        commits.inc({ said: committed.kind });
        if (committed.kind === 'committed') posted(step);
        return committed;
      },
    }),
    /** `routes`: beginnings of paths; anything else is one route, so that nobody can make up labels. */
    answers:
      (handler: Handler, routes: () => readonly string[]): Handler =>
      (request, response) => {
        const begun = performance.now();
        response.once('finish', () => {
          const path = request.url?.split('?')[0] ?? '';
          const route = routes().find((beginning) => path.startsWith(beginning)) ?? 'other';
          answers.observe({ route, status: response.statusCode }, (performance.now() - begun) / 1000);
        });
        return handler(request, response);
      },
  };
}

/** Asked of the journal whenever somebody looks: it is the same for every process. */
function watchBacklog(registers: Registry[], journal: Pick<Journal, 'backlog'>, clock: () => number): void {
  const running = new Gauge({
    name: 'dailies_effects_running',
    help: 'Effects somebody holds a lease on',
    labelNames: ['effect'],
    registers,
  });
  const delay = new Gauge({
    name: 'dailies_effects_delay_seconds',
    help: 'How long the effect that is due longest has been waiting',
    labelNames: ['effect'],
    registers,
  });
  const up = new Gauge({ name: 'dailies_journal_up', help: 'Whether the journal answers', registers });
  new Gauge({
    name: 'dailies_effects_due',
    help: 'Effects that are due and not begun',
    labelNames: ['effect'],
    registers,
    async collect() {
      for (const gauge of [this, running, delay]) gauge.reset();
      const backlog = await journal.backlog(clock()).catch(() => null);
      up.set(backlog ? 1 : 0);
      for (const { type: effect, due, leased, since } of backlog ?? []) {
        this.set({ effect }, due);
        running.set({ effect }, leased);
        delay.set({ effect }, since === null ? 0 : Math.max(0, clock() - since) / 1000);
      }
    },
  });
}

function timed<T extends Effect['type']>(job: Job<T>, ended: (end: string, seconds: number) => void): Job<T> {
  const around =
    <R extends JobResult | 'absent'>(run: (...given: Parameters<Job<T>['do']>) => Promise<R>) =>
    async (...given: Parameters<Job<T>['do']>): Promise<R> => {
      const begun = performance.now();
      const end = (how: string) => ended(how, (performance.now() - begun) / 1000);
      try {
        const result = await run(...given);
        end(result === 'absent' ? 'absent' : (Object.keys(result)[0] ?? ''));
        return result;
      } catch (error) {
        end(howOf(error));
        throw error;
      }
    };
  return { do: around(job.do), find: around(job.find) };
}

function howOf(error: unknown): string {
  if (error instanceof TryLater) return 'later';
  return error instanceof Never ? 'never' : 'failed';
}
