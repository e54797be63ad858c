import { type Catalogue, findModel } from '../campaign/model.ts';
import type { FailureReason, Take } from '../campaign/take.ts';

/** Why a model did not make it, for the person who waits: whose fault it is at the provider is the admins' to know. */
const because: Record<FailureReason, string> = {
  'moderation-input': 'its safety rules declined the words or pictures',
  'moderation-output': 'its safety rules held the result back',
  outage: 'its provider is down',
  retired: 'it is no longer offered',
  'no-credit': 'its provider does not serve us right now',
  'bad-key': 'its provider does not serve us right now',
  'provider-error': 'its provider failed',
  timeout: 'it took too long',
  garbage: 'its file could not be played',
  finishing: 'its clip could not be finished',
  unchecked: 'it has no safety check of its own',
  'called-off': 'it was called off',
  lost: 'nobody could tell what became of it',
};

/** Which models were tried for a take, one sentence each: why it did not make it, what runs now, and what stays. */
export function tookOver(take: Take, catalogue: Catalogue): string[] {
  const nameOf = (id: string) => findModel(catalogue, id)?.name ?? id;
  const next = [...take.tried.slice(1), take];
  return take.tried.map(({ model, reason }, i) => {
    const to = next[i]?.model ?? take.model;
    if (to === model)
      return `${nameOf(model)} held its result back under its safety rules; trying once more without sound.`;
    const same = `${take.still ? 'same still, ' : 'same '}${take.aspect}, ${take.seconds} s`;
    return `${nameOf(model)} could not make it (${because[reason]}); using ${nameOf(to)}: ${same}.`;
  });
}
