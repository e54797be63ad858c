import { billOf, holdFor, shortOf } from './accounts.ts';
import { askToSpend, maySpend } from './ask-to-spend.ts';
import { KitPin } from './brand-kit.ts';
import { boardOf, type Campaign, lastRevision, runningTake, steeringIn, takeOf } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { followKit } from './decide-kit.ts';
import { pickStill, requestStills } from './decide-stills.ts';
import { loseTake } from './decide-takes.ts';
import type { IntentOf } from './intent.ts';
import { findModel } from './model.ts';
import { offerFor, type TakeOffer } from './offer.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { reply, replyRefusal } from './reply.ts';
import type { Say } from './say.ts';
import { isOpen } from './still.ts';
import { sameOf, whyNot } from './substitution.ts';
import type { Take } from './take.ts';
import { forgotten, numberFrom } from './words.ts';

/** Asks for the next take: money is reserved with it, and an approval of an older cut is void. */
export function generate(draft: Draft, context: Context): Refusal | undefined {
  const { campaign } = draft;
  const revision = lastRevision(campaign);
  if (!revision || campaign.refining) return refuse('prompt-not-ready');
  if (revision.motion.words === forgotten) return refuse('words-forgotten');
  if (campaign.references.some((r) => r.state === 'fetching')) return refuse('references-not-ready');
  const running = runningTake(campaign);
  if (running) return refuse('take-running', { take: running.n });
  const coming = campaign.boards.find((board) => board.follow !== null && isOpen(board));
  if (coming)
    return refuse(
      coming.stills.some((still) => still.state === 'requested') ? 'stills-running' : 'still-unconfirmed',
    );
  if (followKit(draft, context)) return undefined;
  const offer = offerFor(draft.campaign, context.catalogue);
  if (isRefusal(offer)) return offer;
  const { price, first } = offer;
  const { take: cap } = context.policy.caps;
  if (price > cap) return refuse('cap-take', { price, cap });
  const short = shortOf(context, price);
  if (short) return short;
  if (!maySpend(draft, offer, context)) return askToSpend(draft, offer, context);
  explain(draft, offer, context);
  const follow = context.person || campaign.requester;
  if (first) requestStills(draft, context, { offer: first, count: 1, follow });
  else request(draft, context, offer, revision.n);
  return undefined;
}

/** Another model than the one that was chosen, or pictures it cannot follow, are said once. */
function explain(draft: Draft, { model, first, left, still, references }: TakeOffer, context: Context): void {
  const { settings, replies } = draft.campaign;
  const wanted = findModel(context.catalogue, settings.model);
  const tell = (say: Say) => {
    if (!replies.some((each) => JSON.stringify(each.say) === JSON.stringify(say))) reply(draft, say);
  };
  if (wanted && settings.named && wanted.id !== model.id) {
    const all = steeringIn(draft.campaign).length;
    const need = { ...settings, hasStill: still !== null, references: all };
    const same = sameOf(need, references.length === all ? all : 0);
    tell({ about: 'other-model', wanted: wanted.name, why: whyNot(wanted, need), model: model.name, same });
  }
  if (left)
    tell({
      about: 'pictures-left',
      model: model.name,
      along: references.length,
      first: first?.references.length ?? 0,
      behind: left.references,
      last: left.last,
      instead: left.instead?.name ?? null,
    });
}

function request(
  draft: Draft,
  context: Context,
  { model, price, still, last, references }: TakeOffer,
  revision: number,
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
    still,
    last,
    references: references.map(({ id }) => id),
    kit: campaign.kit && KitPin.parse(campaign.kit),
    seed: numberFrom(`${campaign.id}.take${take}`),
    held,
  });
}

/** The film that waited for its first frame is bought as soon as that is there; `before` it was not. */
export function goOn(draft: Draft, before: Campaign, context: Context): void {
  for (const { n } of before.boards.filter((b) => b.follow !== null && isOpen(b))) {
    const board = boardOf(draft.campaign, n);
    if (!board?.follow || isOpen(board) || board.picked !== null || draft.campaign.phase === 'cancelled')
      continue;
    const made = board.stills.find((still) => still.state === 'ready');
    const by = { ...context, person: board.follow };
    if (!made) reply(draft, { about: 'first-frame-failed' });
    else begin(draft, { board: n, still: made.n }, by);
  }
}

function begin(draft: Draft, pick: { board: number; still: number }, context: Context): void {
  const refused = pickStill(draft, pick) ?? generate(draft, context);
  if (refused) replyRefusal(draft, refused);
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

/** A person's answer about a take of which nobody knows whether it was bought. */
export function resolveTake(
  draft: Draft,
  intent: IntentOf<'resolve-take'>,
  context: Context,
): Refusal | undefined {
  const take = takeOf(draft.campaign, intent.take);
  if (take?.state !== 'unconfirmed') return refuse('take-settled', { take: intent.take });
  if (intent.answer === 'check') draft.add({ type: 'take.looked', take: take.n });
  if (intent.answer === 'retry') return buyAnew(draft, take, context);
  if (intent.answer === 'give-up') loseTake(draft, take, context);
  return undefined;
}

/** A purchase that may still be found is not booked twice; of one that never will be, both are. */
function buyAnew(draft: Draft, take: Take, context: Context): Refusal | undefined {
  const { n, held, unlisted } = take;
  const { askAbove } = context.policy;
  if (held && askAbove !== null && held.micros > askAbove)
    return refuse('retry-unallowed', { take: n, price: held.micros });
  const attempt = take.attempt + 1;
  if (!unlisted || !held) {
    draft.add({ type: 'take.attempted', take: n, attempt });
    return undefined;
  }
  const short = shortOf(context, held.micros);
  if (short) return short;
  const anew = holdFor(draft.campaign, context, held.item, held.micros);
  draft.add({ type: 'take.reordered', take: n, attempt, held: anew, bill: billOf(held, held.micros) });
  return undefined;
}
