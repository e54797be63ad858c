import { type Campaign, takeOfCut } from '../campaign/campaign.ts';
import { creativeOf } from '../campaign/creative.ts';
import {
  Aspect,
  type Catalogue,
  findModel,
  type Model,
  makesVideo,
  secondsInWords,
  takePrice,
} from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import { type Status, statusNames } from '../campaign/status.ts';
import { byName } from './by-name.ts';
import { type Card, card, type Item } from './card.ts';
import { dayInWords } from './day.ts';
import { readyIn } from './estimate.ts';

/** A campaign on a board: its title, and the state it is in. */
export interface BoardRow {
  title: string;
  status: string;
  updatedAt: number;
  /** Its conversation, null where there is none (yet). */
  place: string | null;
  campaign: Campaign;
}

const comparedSeconds = 6;

/** What models there are and what each is good for; the price is that of a six-second clip. */
export function composeModels(catalogue: Catalogue): Card[] {
  const shown = catalogue.filter((m) => makesVideo(m) || m.kinds.includes('still'));
  const living = shown.filter((m) => m.status !== 'retired');
  const gone = shown.filter((m) => m.status === 'retired');
  return [
    card({
      title: 'Models',
      fields: [
        ...living.map((m) => ({ name: m.id, value: describe(m) })),
        ...(gone.length > 0
          ? [{ name: 'Gone', value: gone.map((m) => retired(m, catalogue)).join('\n') }]
          : []),
      ],
      footer: `Prices: one clip of ${comparedSeconds} s, or one still.`,
    }),
  ];
}

/** One line of a menu: what it costs comes first, because a menu may cut the rest. */
export const modelInWords = (model: Model): string =>
  `${model.name} · ${inDollars(takePrice(model, comparedSeconds))} for ${comparedSeconds} s · ${model.goodFor}`;

function describe(model: Model): string {
  const price = makesVideo(model) ? takePrice(model, comparedSeconds) : (model.price.perItem ?? 0);
  const parts = [
    model.goodFor,
    inDollars(price),
    readyIn(model.typicalWait),
    ...(model.seconds ? [secondsInWords(model)] : []),
    ...(model.aspects.length > 0 ? [shapesOf(model)] : []),
    ...(model.references > 0 ? [`up to ${model.references} references`] : []),
    `${model.quality} quality`,
    ...byName(model),
  ];
  return `${model.name}: ${parts.join(' · ')}`;
}

const shapesOf = ({ aspects }: Model): string =>
  Aspect.options.every((aspect) => aspects.includes(aspect)) ? 'any shape' : aspects.join(' ');

function retired(model: Model, catalogue: Catalogue): string {
  const next = catalogue.find((m) => m.id === model.successor)?.name ?? 'the best model that fits';
  if (model.found?.how === 'changed')
    return `${model.name} has changed at its provider and is not used for now; asking for it gives ${next}.`;
  if (model.found) return `${model.name} is not at its provider any more; asking for it gives ${next}.`;
  return `${model.name} was retired${model.shutdownOn ? ` on ${dayInWords(model.shutdownOn)}` : ''}; asking for it gives ${next}.`;
}

interface Board {
  status: Status | undefined;
  /** Not only what concerns whoever asks. */
  isForAll: boolean;
  /** Everybody may read it: nothing of money, nor of the work. */
  isPublic: boolean;
}

/** Creatives, those that wait for a decision first. */
export function composeCampaigns(
  rows: readonly BoardRow[],
  { status, isForAll, isPublic }: Board,
  catalogue: Catalogue,
): Card[] {
  const title = status ? `Videos: ${statusNames[status]}` : 'Videos';
  const none = status ? 'None in this state.' : 'None yet. `/video` and a few words start one.';
  return [
    card({
      title,
      text: rows.length === 0 ? [none] : [],
      items: rows.map((row) => rowOf(row, catalogue, isPublic)),
      footer: isForAll ? '' : 'Videos made here, yours, and those you decide on.',
    }),
  ];
}

/** One campaign in a list, with the way to its conversation. */
export function rowOf(row: BoardRow, catalogue: Catalogue, isPublic = false): Item {
  const { title, place } = row;
  const text = line(row, catalogue, isPublic);
  return { title, text, image: approvedIn(row), place, menu: null, buttons: [] };
}

/** What an approved film looks like; of the others nobody shows anything yet. */
function approvedIn({ title, status, campaign }: BoardRow): Item['image'] {
  const { review } = campaign;
  const cut = review && takeOfCut(campaign, review.cut)?.cut;
  if (status !== 'approved' || !cut) return null;
  const { key, sha256, bytes, mime } = cut.poster;
  return { key, sha256, bytes, mime, title };
}

function line({ status, campaign, updatedAt }: BoardRow, catalogue: Catalogue, isPublic: boolean): string {
  const { visual, metadata } = creativeOf(campaign, updatedAt);
  const state = statusNames[status as Status] ?? status;
  const model = findModel(catalogue, visual.model)?.name ?? visual.model;
  const seconds = `${visual.duration.toFixed(0)} s`;
  if (isPublic) return [model, seconds].join(' · ');
  const stored = `${(metadata.bytesStored / 1_000_000).toFixed(1)} MB kept`;
  const takes = metadata.takes === 1 ? '1 take' : `${metadata.takes} takes`;
  return [state, model, seconds, takes, inDollars(metadata.cost), stored].join(' · ');
}
