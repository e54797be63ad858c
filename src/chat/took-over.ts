import { type Catalogue, findModel, following } from '../campaign/model.ts';
import { type Same, sameOf } from '../campaign/substitution.ts';
import { type FailureReason, needOf, type Take } from '../campaign/take.ts';
import { stays } from './substitution.ts';

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
  expired: 'its file was gone',
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
    return `${nameOf(model)} could not make it (${because[reason]}); using ${nameOf(to)}: ${stays(sameWith(to, take, catalogue))}.`;
  });
}

function sameWith(id: string, take: Take, catalogue: Catalogue): Same {
  const model = findModel(catalogue, id);
  const need = needOf(take);
  const followed = model ? following(model, need)?.references : 0;
  return sameOf(need, followed === need.references ? (need.references ?? 0) : 0);
}
