import { requestRefinement } from './ask-to-refine.ts';
import { inUse, isApproved } from './campaign.ts';
import { modelFor, whoMakes } from './choose-model.ts';
import type { Context, Draft } from './context.ts';
import { useKit } from './decide-kit.ts';
import { refineWhenReady } from './decide-prompt.ts';
import type { VideoOptions } from './intent.ts';
import { findModel, following } from './model.ts';
import { placements } from './platform.ts';
import { steeringOf } from './reference.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { reply } from './reply.ts';
import { stillSettings } from './still-offer.ts';
import { sameOf, whyNot } from './substitution.ts';

/** Model, length, shape, platform or template, chosen anew. */
export function changeSettings(draft: Draft, options: VideoOptions, context: Context): Refusal | undefined {
  const refused =
    options.brand === undefined ? undefined : useKit(draft, { type: 'use-kit', kit: options.brand }, context);
  if (refused) return refused;
  const { settings } = draft.campaign;
  const placement = options.platform && placements[options.platform];
  const wished = options.seconds ?? Math.max(settings.seconds, placement?.seconds.from ?? 0);
  const aspect = options.aspect ?? placement?.aspect ?? settings.aspect;
  const named = options.model !== undefined || settings.named;
  const name = options.model ?? (settings.named ? settings.model : null);
  const choice = modelFor({ name, seconds: wished, aspect }, context.catalogue);
  if (isRefusal(choice)) return choice;
  const { model, seconds } = choice;
  const still = stillSettings(settings.still, options, context.catalogue);
  if (isRefusal(still)) return still;
  const { platform, template, product, tagline } = options;
  const description = options.description ? { words: options.description } : undefined;
  if (platform || template || product || tagline || description)
    draft.add({ type: 'brief.amended', platform, template, product, tagline, description });
  const verbatim = options.verbatim ?? settings.verbatim;
  draft.add({ type: 'settings.changed', model: model.id, named, seconds, aspect, verbatim, still });
  if (options.model) substitute(draft, options.model, model.id, context);
  substituteStill(draft, options.stillModel, context);
  fitLength(draft, wished, context);
  if (options.note) requestRefinement(draft, options.note);
  else if (!isApproved(draft.campaign)) refineWhenReady(draft);
  return undefined;
}

/** Says so when the clip will not be as long as was asked: nothing is bought yet, and who could make it is named. */
export function fitLength(draft: Draft, asked: number, { catalogue }: Context): void {
  const { seconds, aspect, model: id } = draft.campaign.settings;
  if (seconds === asked) return;
  const model = findModel(catalogue, id)?.name ?? id;
  const instead = whoMakes(asked, aspect, catalogue)?.name ?? null;
  reply(draft, { about: 'length-fitted', asked, seconds, model, instead });
}

/** The same for the stills. */
export function substituteStill(draft: Draft, asked: string | undefined, { catalogue }: Context): void {
  const named = asked === undefined ? undefined : findModel(catalogue, asked);
  const model = findModel(catalogue, draft.campaign.settings.still.model ?? '');
  if (!named || !model || named.id === model.id) return;
  reply(draft, { about: 'still-substituted', asked: named.name, model: model.name });
}

/** Says so when another model runs than the one that was asked for. */
export function substitute(draft: Draft, asked: string, runs: string, context: Context): void {
  const named = findModel(context.catalogue, asked);
  const model = findModel(context.catalogue, runs);
  if (!named || !model || named.id === model.id) return;
  const { settings } = draft.campaign;
  const references = steeringOf(inUse(draft.campaign)).length;
  const need = { ...settings, hasStill: false, references };
  const same = sameOf(need, following(model, need)?.references === references ? references : 0);
  reply(draft, {
    about: 'substituted',
    asked: named.name,
    why: whyNot(named, need),
    model: model.name,
    same,
  });
}
