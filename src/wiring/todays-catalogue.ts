import { asOf, type Catalogue } from '../campaign/model.ts';
import type { Journal } from '../journal/journal.ts';
import { offered } from '../providers/catalogue.ts';
import { learned } from '../providers/findings.ts';
import { Findings, findingsAt } from '../providers/probe.ts';

export interface TodaysCatalogue {
  /** Asked at every step and for every card, so it is made anew only when the day or the findings change. */
  today: () => Catalogue;
  /** Takes in what probes have found since. */
  learn: () => Promise<void>;
}

/** What people can choose from today: entries that a key serves, as probes found them. */
export async function todaysCatalogue(parts: {
  every: Catalogue;
  connected: readonly string[];
  journal: Pick<Journal, 'kept'>;
  clock: () => number;
}): Promise<TodaysCatalogue> {
  const { every, journal, clock } = parts;
  const connected = new Set(parts.connected);
  let all: Catalogue = [];
  let day = Number.NaN;
  let current: Catalogue = [];
  async function learn(): Promise<void> {
    const kept = await journal.kept(findingsAt.space, findingsAt.key);
    all = offered(learned(every, Findings.catch({}).parse(kept)), connected);
    day = Number.NaN;
  }
  await learn();
  return {
    learn,
    today() {
      const now = Math.floor(clock() / aDay);
      if (now !== day) current = asOf(all, shown(now));
      day = now;
      return current;
    },
  };
}

const aDay = 86_400_000;
/** A day as a provider's calendar shows it. */
const shown = (day: number): string => new Date(day * aDay).toISOString().slice(0, 10);

/** Where the probe's effect lives: it is the house's own, no workspace's. */
const stream = 'house:models';

/** Sees to it that models are probed; one that is not due yet is not asked for. */
export const beginProbing = (journal: Pick<Journal, 'poke'>): Promise<void> =>
  journal.poke({
    id: `${stream}/probe`,
    stream,
    workspace: '',
    type: 'probe-models',
    body: {},
    lane: '',
    due: { in: 0 },
    deadline: null,
  });
