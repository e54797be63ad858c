import { createHash } from 'node:crypto';
import type { Catalogue, Model } from '../campaign/model.ts';
import type { Finding, Findings, Known } from './probe.ts';

/** Names an entry as it stands: one that was mended is another. */
const entryOf = (model: Model): string =>
  createHash('sha256').update(JSON.stringify(model)).digest('base64url').slice(0, 16);

/** Milliseconds until a model should be asked for (again): bad news and silence are looked at again soon. */
export function dueIn(model: Model, known: Known | undefined, now: number, usual: number): number {
  if (!known || known.entry !== entryOf(model)) return 0;
  const soon = known.inVain || ['unknown', 'gone', 'differs'].includes(known.verdict);
  return Math.max(0, known.askedAt + (soon ? Math.ceil(usual / 24) : usual) - now);
}

/** What is known after one more look; an asking in vain leaves what was known before. */
export function noted(
  before: Known | undefined,
  model: Model,
  finding: Finding,
  at: { now: number; today: string },
): Known {
  const entry = entryOf(model);
  const same = before?.entry === entry ? before : undefined;
  const inVain = finding.verdict === 'unknown';
  if (inVain && same) return { ...same, askedAt: at.now, inVain };
  const { verdict, says, on = null } = finding;
  const since = same?.verdict === verdict ? same.since : at.today;
  return { entry, verdict, says, on, since, askedAt: at.now, inVain };
}

/**
 * The catalogue with what probes found: parameters that fit are proven, though no price is by that, nor that the model
 * still runs; whose end was announced ends then, and what is gone or has changed is not chosen any more.
 */
export const learned = (catalogue: Catalogue, findings: Findings): Catalogue =>
  catalogue.map((model) => {
    const known = findings[model.id];
    const speaks = known && known.entry === entryOf(model) && model.status !== 'retired';
    return speaks ? { ...model, ...changesBy(known, model) } : model;
  });

function changesBy({ verdict, on, says, since }: Known, { unproven = [] }: Model): Partial<Model> {
  switch (verdict) {
    case 'fits':
      return { unproven: unproven.filter((each) => each !== 'inputs') };
    case 'ends':
      return on === null ? {} : { shutdownOn: on };
    case 'gone':
      return { status: 'retired', found: { how: 'gone', since, says } };
    case 'differs':
      return { status: 'retired', found: { how: 'changed', since, says } };
    default:
      return {};
  }
}
