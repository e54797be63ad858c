import { type Campaign, frameOf, pickedBoard, pickedStill, steeringIn } from './campaign.ts';
import type { Picture } from './file.ts';
import {
  type Catalogue,
  findModel,
  following,
  followingModels,
  type Model,
  makesVideo,
  type Need,
  takePrice,
} from './model.ts';
import type { Micros } from './money.ts';
import type { Reference } from './reference.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type StillOffer, stillOfferFor } from './still-offer.ts';

/** What the next take would be made with, and what all of it costs. */
export interface TakeOffer {
  model: Model;
  /** With the still that comes first, where one does. */
  price: Micros;
  /** Seconds people usually wait for all of it. */
  wait: number;
  /** The first frame there is already. */
  still: Picture | null;
  last: Picture | null;
  /** Go along with the film, the most important first. */
  references: readonly Reference[];
  /** A still that is made first: from the references, or because the model starts from a picture alone. */
  first: StillOffer | null;
  /** What of the pictures stays behind, and who could follow all of them. */
  left: { references: number; last: boolean; instead: Model | null } | null;
}

/** The model that was asked for by name, or the best that can do what is needed: the more pictures it follows, the better. */
export function offerFor(campaign: Campaign, catalogue: Catalogue): TakeOffer | Refusal {
  const { settings } = campaign;
  const still = firstFrameOf(campaign);
  const last = frameOf(campaign, 'last-frame');
  const references = steeringIn(campaign);
  const need: Need = {
    seconds: settings.seconds,
    aspect: settings.aspect,
    hasStill: still !== null,
    hasLast: last !== null,
    references: references.length,
  };
  const stills = still ? null : stillOfferFor(campaign, catalogue);
  const model = chooseModel(settings, catalogue, need, stills !== null);
  if (!model) return refuse('model-none-fits', settings);
  const first = stills && isMadeFirst(model, need, stills) ? stills : null;
  const follows = following(model, { ...need, hasStill: need.hasStill || first !== null });
  const taken = references.slice(0, follows?.references ?? 0);
  const behind = {
    // What went into the first frame is in the film.
    references: isInStill(campaign)
      ? 0
      : references.length - Math.max(taken.length, first?.references.length ?? 0),
    last: last !== null && !follows?.last,
  };
  return {
    model,
    still,
    last: follows?.last ? last : null,
    references: taken,
    first,
    price: takePrice(model, settings.seconds, undefined, taken.length) + (first?.price ?? 0),
    wait: model.typicalWait + (first?.model.typicalWait ?? 0),
    left:
      behind.references > 0 || behind.last || (first && references.length > 0)
        ? { ...behind, instead: whoFollowsAll(catalogue, need, model) }
        : null,
  };
}

/** A still that was picked, else a picture that was given as the first frame. */
function firstFrameOf(campaign: Campaign): Picture | null {
  const board = pickedBoard(campaign);
  // Made for the film out of pictures that are no longer the ones to follow.
  const isStale = board?.follow && !isInStill(campaign);
  return (isStale ? null : pickedStill(campaign)) ?? frameOf(campaign, 'first-frame');
}

/** Whether the picked still was made from all the references there are now. */
function isInStill(campaign: Campaign): boolean {
  const board = pickedBoard(campaign);
  return board !== undefined && steeringIn(campaign).every(({ id }) => board.references.includes(id));
}

function chooseModel(
  settings: Campaign['settings'],
  catalogue: Catalogue,
  need: Need,
  canMakeStill: boolean,
): Model | undefined {
  const chosen = findModel(catalogue, settings.model);
  const score = (model: Model | undefined): number => {
    const follows = model && following(model, need);
    return follows ? follows.references + Number(follows.last) : -1;
  };
  const fromStill = chosen && canMakeStill && following(chosen, { ...need, hasStill: true, references: 0 });
  if (chosen && settings.named && (score(chosen) >= 0 || fromStill)) return chosen;
  const able = [chosen, ...followingModels(catalogue, need)].filter((model) => score(model) >= 0);
  return able.toSorted((a, b) => score(b) - score(a))[0];
}

/** A model that starts from a picture alone, or that can follow references only as its first frame, gets one made. */
function isMadeFirst(model: Model, need: Need, stills: StillOffer): boolean {
  if (!model.kinds.includes('image-to-video')) return false;
  const follows = following(model, need);
  return follows === null || (follows.references === 0 && stills.references.length > 0);
}

const whoFollowsAll = (catalogue: Catalogue, need: Need, model: Model): Model | null =>
  followingModels(catalogue, need).find((other) => {
    const follows = other.id === model.id || !makesVideo(other) ? null : following(other, need);
    return (
      follows?.references === need.references && follows?.last === Boolean(need.hasLast && need.hasStill)
    );
  }) ?? null;
