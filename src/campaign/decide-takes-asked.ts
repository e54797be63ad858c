import { holdFor, shortOf } from './accounts.ts';
import { lastRevision, pickedStill, runningTake, takeOf } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { failTake } from './decide-takes.ts';
import type { IntentOf } from './intent.ts';
import { findModel, fits, fittingModels, type Model, takePrice } from './model.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { replyRefusal } from './reply.ts';
import { isOver } from './take.ts';
import { numberFrom } from './words.ts';

/** Asks for the next take: money is reserved with it, and an approval of an older cut is void. */
export function generate(draft: Draft, context: Context): Refusal | undefined {
  const { campaign } = draft;
  const revision = lastRevision(campaign);
  if (!revision || campaign.refining) return refuse('prompt-not-ready');
  if (campaign.references.some((r) => r.state === 'fetching')) return refuse('references-not-ready');
  const running = runningTake(campaign);
  if (running) return refuse('take-running', { take: running.n });
  const model = modelOfTake(draft, context);
  if (isRefusal(model)) return model;
  const price = takePrice(model, campaign.settings.seconds);
  const { take: cap } = context.policy.caps;
  if (price > cap) return refuse('cap-take', { price, cap });
  const short = shortOf(context, price);
  if (short) return short;
  request(draft, context, { model, price, revision: revision.n });
  return undefined;
}

function modelOfTake(draft: Draft, context: Context): Model | Refusal {
  const { settings } = draft.campaign;
  const need = { ...settings, hasStill: pickedStill(draft.campaign) !== null };
  const chosen = findModel(context.catalogue, settings.model);
  if (chosen && fits(chosen, need)) return chosen;
  return fittingModels(context.catalogue, need)[0] ?? refuse('model-none-fits', settings);
}

function request(
  draft: Draft,
  context: Context,
  { model, price, revision }: { model: Model; price: number; revision: number },
): void {
  const { campaign } = draft;
  const take = campaign.takes.length + 1;
  if (campaign.review) draft.add({ type: 'review.voided', cut: campaign.review.cut });
  const held = holdFor(campaign, context, `take:${take}`, price);
  draft.add({
    type: 'take.requested',
    at: context.now,
    take,
    model: model.id,
    revision,
    seconds: campaign.settings.seconds,
    aspect: campaign.settings.aspect,
    still: pickedStill(campaign),
    seed: numberFrom(`${campaign.id}.take${take}`),
    held: { ...held, accounts: [...held.accounts] },
  });
}

/** After "request changes": buys the next take by itself if the policy allows its price, else leaves it to a person. */
export function retake(draft: Draft, context: Context): void {
  const { settings, requester } = draft.campaign;
  const model = findModel(context.catalogue, settings.model);
  if (!model || takePrice(model, settings.seconds) > context.policy.autoLimit) return;
  const refused = generate(draft, { ...context, person: requester });
  if (refused) replyRefusal(draft, refused);
}

/** Cancels from anywhere; what runs is called back, and what the provider bills is booked when it says so. */
export function cancel(draft: Draft, context: Context): undefined {
  for (const take of draft.campaign.takes.filter((t) => !isOver(t) && t.prediction === null)) {
    if (take.state === 'unconfirmed') failTake(draft, take, 'lost', context);
  }
  draft.add({ type: 'campaign.cancelled', at: context.now, person: context.person });
}

/** A person's answer about a take of which nobody knows whether it was bought. */
export function resolveTake(
  draft: Draft,
  intent: IntentOf<'resolve-take'>,
  context: Context,
): Refusal | undefined {
  const take = takeOf(draft.campaign, intent.take);
  if (take?.state !== 'unconfirmed') return refuse('cancelled-nothing');
  if (intent.answer === 'check') draft.add({ type: 'take.looked', take: take.n });
  if (intent.answer === 'retry') {
    draft.add({ type: 'take.attempted', take: take.n, attempt: take.attempt + 1 });
  }
  if (intent.answer === 'give-up') failTake(draft, take, 'lost', context);
  return undefined;
}
