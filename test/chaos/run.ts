import { setTimeout as nap } from 'node:timers/promises';
import { isPatient } from '../../src/campaign/effect.ts';
import { openPostgres } from '../../src/journal/postgres.ts';
import { Broken, openPeople, type Played, type Story } from './campaigns.ts';
import { keepEvidence, type Struck } from './evidence.ts';
import { openStrikes, scheduleOf } from './faults.ts';
import { type House, openHouse } from './house.ts';
import { openServices, type Services } from './services.ts';
import { type Promised, verify } from './verify.ts';

export interface Report {
  promises: Promised[];
  /** Those that were carried out. */
  faults: Struck[];
  campaigns: number;
  takes: number;
  messages: number;
  /** The folder of what was seen, where a promise was broken. */
  evidence: string | null;
  /** From the last fault until nothing was left to do. */
  quietAfter: number;
}

export interface Wanted {
  faults: number;
  seed: number;
  /** Campaigns that people pursue at a time. */
  atOnce: number;
  /** Milliseconds that people wait for one thing to show, and we for all to come to rest. */
  patience: number;
  say: (line: string) => void;
}

const shutdown = 50_000;
const oneOf = 4;

/** The house under these faults with people at work, and what became of every promise. */
export async function scaledChaos(wanted: Wanted): Promise<Report> {
  let house: House | null = null;
  const services = await openServices(() => house?.ports() ?? []);
  try {
    house = openHouse(services.environment);
    await house.up();
    return await underFaults(services, house, wanted);
  } finally {
    await house?.close(shutdown);
    await services.close();
  }
}

async function underFaults(services: Services, house: House, wanted: Wanted): Promise<Report> {
  const { faults, seed, atOnce, patience, say } = wanted;
  const schedule = scheduleOf(faults, seed);
  const { strike, flush, resumed } = openStrikes(services, house);
  const play = openPeople(services, patience);
  const played: Played[] = [];
  const broken: string[] = [];
  let over = false;

  const one = async (story?: Story) => {
    const n = played.length + 1;
    const next: Played = {
      ...{ name: `tea-${n}`, channel: '', asked: 0, decided: [], ended: false },
      story: story ?? (n % oneOf === 0 ? 'cancel' : 'changes'),
    };
    played.push(next);
    await play(next).catch((error: unknown) => {
      broken.push(error instanceof Broken ? error.message : `a person met a bug: ${(error as Error).stack}`);
    });
  };
  const person = async () => {
    while (!over && broken.length === 0) await one();
  };
  const people = Array.from({ length: atOnce }, person);

  const struck: Struck[] = [];
  const mending: Promise<unknown>[] = [];
  for (const [i, fault] of schedule.entries()) {
    if (broken.length > 0) break;
    await nap(fault.after);
    struck.push({ ...fault, at: Date.now() });
    mending.push(
      strike(fault).catch((error: Error) =>
        broken.push(`${fault.kind} could not be carried out: ${error.stack}`),
      ),
    );
    if ((i + 1) % 50 === 0) say(`${i + 1} faults, ${played.filter(({ ended }) => ended).length} campaigns`);
  }
  over = true;
  await Promise.all([...mending, ...people]);
  if (broken.length === 0) await withoutMemory(() => one('cap'), flush);

  const begun = Date.now();
  const journal = await openPostgres({ url: services.database.url, connections: 4 });
  const waiting = await quiet(journal, services.team.id, patience);
  const quietAfter = Date.now() - begun;
  await house.close(shutdown);
  const promises = await verify({ ...services, journal, played, resumed, output: house.output() });
  const ends = [...waiting, ...house.diedAlone];
  promises.push({
    ...{ promise: 'P11', says: 'the queue may be lost; all comes to rest', looked: struck.length },
    broken: [...broken, ...ends.map((end) => `P11: ${end}`)],
  });
  await journal.close();
  const evidence = promises.some((each) => each.broken.length > 0)
    ? await keepEvidence(services, house.output(), struck)
    : null;
  return {
    ...{ promises, faults: struck, quietAfter, evidence },
    campaigns: played.length,
    takes: services.making.replicate.predictions.length,
    messages: services.slack.posts().length,
  };
}

const everSo = 20;

/** While this is done, Redis forgets everything again and again: no wake-up that has to wait arrives. */
async function withoutMemory(work: () => Promise<void>, flush: () => Promise<void>): Promise<void> {
  let done = false;
  const forgetting = (async () => {
    while (!done) {
      await flush();
      await nap(everSo);
    }
  })();
  await work();
  done = true;
  await forgetting;
}

/** What still waits when patience is at its end; nothing, when all came to rest. */
export async function quiet(
  journal: Awaited<ReturnType<typeof openPostgres>>,
  workspace: string,
  patience: number,
): Promise<string[]> {
  const until = Date.now() + patience;
  for (;;) {
    const heads = await journal.heads({ workspace, kind: 'campaign', limit: 10_000 });
    const all = await Promise.all(heads.map(({ stream }) => journal.waiting(stream)));
    const busy = all.flat().filter((effect) => !isPatient(effect));
    if (busy.length === 0) return [];
    if (Date.now() > until) return busy.map(({ id, type }) => `${type} (${id}) still waits`);
    await nap(200);
  }
}
