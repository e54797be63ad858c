import { holdFor, shortOf } from './accounts.ts';
import { lastRevision, pickedStill, runningTake, takeOf } from './campaign.ts';
import { offerFor } from './choose-model.ts';
import type { Context, Draft } from './context.ts';
import { loseStill } from './decide-stills-lost.ts';
import { failTake } from './decide-takes.ts';
import type { IntentOf } from './intent.ts';
import { findModel, type Model } from './model.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { reply, replyRefusal } from './reply.ts';
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
  const offer = offerFor(campaign, context.catalogue);
  if (isRefusal(offer)) return offer;
  const { model, price } = offer;
  const { take: cap } = context.policy.caps;
  if (price > cap) return refuse('cap-take', { price, cap });
  const short = shortOf(context, price);
  if (short) return short;
  request(draft, context, { model, price, revision: revision.n });
  return undefined;
}

function request(
  draft: Draft,
  context: Context,
  { model, price, revision }: { model: Model; price: number; revision: number },
): void {
  const { campaign } = draft;
  const take = campaign.takes.length + 1;
  const wanted = findModel(context.catalogue, campaign.settings.model);
  if (wanted && wanted.id !== model.id)
    reply(draft, { about: 'other-model', wanted: wanted.name, model: model.name });
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
    held,
  });
}

/** After "request changes": buys the next take by itself if the policy allows its price, else asks a person to. */
export function retake(draft: Draft, context: Context): void {
  const offer = offerFor(draft.campaign, context.catalogue);
  const { autoLimit: limit } = context.policy;
  if (!isRefusal(offer) && offer.price > limit) {
    reply(draft, { about: 'over-limit', micros: offer.price, limit });
    return;
  }
  const refused = generate(draft, { ...context, person: draft.campaign.requester });
  if (refused) replyRefusal(draft, refused);
}

/** Cancels from anywhere; what runs is called back, and what the provider bills is booked when it says so. */
export function cancel(draft: Draft, context: Context): undefined {
  for (const take of draft.campaign.takes.filter((t) => !isOver(t) && t.prediction === null)) {
    if (take.state === 'unconfirmed') failTake(draft, take, 'lost', context);
  }
  for (const { n, stills } of draft.campaign.boards)
    for (const still of stills)
      if (still.state === 'unconfirmed') loseStill(draft, { board: n, still: still.n });
  draft.add({ type: 'campaign.cancelled', at: context.now, person: context.person });
}

/** A person's answer about a take of which nobody knows whether it was bought. */
export function resolveTake(
  draft: Draft,
  intent: IntentOf<'resolve-take'>,
  context: Context,
): Refusal | undefined {
  const take = takeOf(draft.campaign, intent.take);
  if (take?.state !== 'unconfirmed') return refuse('take-settled', { take: intent.take });
  if (intent.answer === 'check') draft.add({ type: 'take.looked', take: take.n });
  if (intent.answer === 'retry') {
    draft.add({ type: 'take.attempted', take: take.n, attempt: take.attempt + 1 });
  }
  if (intent.answer === 'give-up') failTake(draft, take, 'lost', context);
  return undefined;
}
