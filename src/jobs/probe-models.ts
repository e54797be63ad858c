import type { Catalogue, Model } from '../campaign/model.ts';
import type { Journal } from '../journal/journal.ts';
import { dueIn, noted } from '../providers/findings.ts';
import { Findings, findingsAt, type Probe } from '../providers/probe.ts';
import { modelNotices } from '../workspace/model-notices.ts';
import { type Job, type JobContext, type JobResult, repeatable } from './job.ts';

interface Parts {
  /** The entries that somebody can be asked about. */
  probed: Catalogue;
  probe: Probe;
  journal: Pick<Journal, 'kept' | 'keep' | 'workspaces'>;
  /** Brings the catalogue up to date with what was kept. */
  learn: () => Promise<void>;
  /** As it stands today. */
  catalogue: () => Catalogue;
}

const atOnce = 4;

/**
 * Never over: asks for the models that are due, a few at a time, then tells the admins of every workspace what they
 * should know of models, and looks again when the next is due. What was found and when is kept, so that a restart asks
 * nobody before it is time.
 */
export const probeModels = (parts: Parts): Job<'probe-models'> =>
  repeatable(async (_, context) => {
    const findings = Findings.catch({}).parse(await parts.journal.kept(findingsAt.space, findingsAt.key));
    const waits = parts.probed.map((model) => ({ model, wait: waitFor(model, findings, context) }));
    const due = waits.filter(({ wait }) => wait === 0).slice(0, atOnce);
    if (due.length > 0)
      await ask(
        due.map(({ model }) => model),
        findings,
        context,
        parts,
      );
    await parts.learn();
    if (due.length === 0) await tellAdmins(context, parts);
    await context.sent();
    return again(due.length > 0 ? 0 : Math.min(context.policy.times.probe, ...waits.map(({ wait }) => wait)));
  });

const again = (delay: number): JobResult => ({ again: { delay } });

const waitFor = (model: Model, findings: Findings, { now, policy }: JobContext): number =>
  dueIn(model, findings[model.id], now(), policy.times.probe);

async function ask(
  due: readonly Model[],
  findings: Findings,
  { now }: JobContext,
  { probe, journal }: Parts,
): Promise<void> {
  const found = await Promise.all(due.map(async (model) => ({ model, finding: await probe(model) })));
  const at = { now: now(), today: today(now()) };
  const news = found.map(({ model, finding }) => [model.id, noted(findings[model.id], model, finding, at)]);
  await journal.keep(findingsAt.space, findingsAt.key, { ...findings, ...Object.fromEntries(news) });
}

async function tellAdmins({ now, notify }: JobContext, { journal, catalogue }: Parts): Promise<void> {
  const notices = modelNotices(catalogue(), today(now()));
  for (const workspace of await journal.workspaces())
    for (const notice of notices) await notify(workspace, notice);
}

/** The day a provider's calendar shows. */
const today = (now: number): string => new Date(now).toISOString().slice(0, 10);
