import type { KitPin } from './brand-kit.ts';
import { type Campaign, lastRevision } from './campaign.ts';
import { statusOf } from './head.ts';
import { type Catalogue, findModel } from './model.ts';
import type { Micros } from './money.ts';
import type { Status } from './status.ts';
import type { Take } from './take.ts';

/** A picture that steered the look; `file` is its storage key. */
interface ResultReference {
  name: string;
  purpose: string;
  file: string;
  uploadedAt: number;
}

const referencesOf = (campaign: Campaign): ResultReference[] =>
  campaign.references.flatMap(({ state, name, purpose, picture, at }) =>
    state === 'ready' && picture ? [{ name, purpose, file: picture.key, uploadedAt: at }] : [],
  );

/** The piece being made, as boards, reports and automations see it. Times in milliseconds. */
export interface Creative {
  id: string;
  type: 'video';
  campaign: string;
  status: Status;
  visual: {
    prompt: string;
    refinedPrompt: string | null;
    /** Storage key of the newest cut; null until there is one. */
    film: string | null;
    sha256: string | null;
    model: string;
    /** Seconds. */
    duration: number;
    references: ResultReference[];
  };
  metadata: { requester: string; takes: number; stills: number; cost: Micros; bytesStored: number };
  createdAt: number;
  updatedAt: number;
}

export function creativeOf(campaign: Campaign, updatedAt: number): Creative {
  const last = campaign.takes.findLast((t) => t.cut !== null);
  return {
    id: `${campaign.id}.video`,
    type: 'video',
    campaign: campaign.id,
    status: statusOf(campaign),
    visual: {
      prompt: campaign.brief.words,
      refinedPrompt: lastRevision(campaign)?.motion.words ?? null,
      film: last?.cut?.film.key ?? null,
      sha256: last?.cut?.film.sha256 ?? null,
      model: last?.model ?? campaign.settings.model,
      duration: last?.cut?.film.seconds ?? campaign.settings.seconds,
      references: referencesOf(campaign),
    },
    metadata: {
      requester: campaign.requester,
      takes: campaign.takes.length,
      stills: campaign.boards.reduce((n, board) => n + board.stills.length, 0),
      cost: costOf(campaign),
      bytesStored: bytesOf(campaign),
    },
    createdAt: campaign.openedAt,
    updatedAt,
  };
}

/** Everything billed so far. */
export const costOf = (campaign: Campaign): Micros =>
  campaign.worded +
  campaign.takes.reduce((sum, take) => sum + take.billed, 0) +
  campaign.boards.flatMap((board) => board.stills).reduce((sum, still) => sum + still.billed, 0);

/** What each step has cost so far; `late` is the part of the takes that was billed after their end. */
export interface Steps {
  wording: Micros;
  stills: Micros;
  takes: readonly { n: number; billed: Micros }[];
  late: Micros;
  together: Micros;
}

export const stepsOf = (campaign: Campaign): Steps => ({
  wording: campaign.worded,
  stills: campaign.boards.flatMap((board) => board.stills).reduce((sum, still) => sum + still.billed, 0),
  takes: campaign.takes.map(({ n, billed, late }) => ({ n, billed: billed - late })),
  late: campaign.takes.reduce((sum, take) => sum + take.late, 0),
  together: costOf(campaign),
});

const bytesOf = (campaign: Campaign): number =>
  [
    // A kit’s logo is the brand's, however many campaigns it is lent to.
    ...campaign.references.map(({ source, picture }) => (source.kind === 'kit' ? null : picture)),
    ...campaign.boards.flatMap((board) => board.stills.map((s) => s.picture)),
    ...campaign.takes.flatMap((t) => [t.film, t.cut?.film ?? null, t.cut?.poster ?? null]),
  ].reduce((sum, file) => sum + (file?.bytes ?? 0), 0);

/** How one take came out, whole: what was asked, what ran, what it cost. */
export interface Result {
  take: number;
  film: string;
  sha256: string;
  prompt: string;
  refinedPrompt: string;
  still: string | null;
  model: string;
  provider: string;
  /** What made the still, where the film begins with one. */
  imageBackend: string | null;
  /** The brand kit it was made with, as of its revision then. */
  brandKit: KitPin | null;
  references: ResultReference[];
  referenceCount: number;
  durationAsked: number;
  duration: number;
  width: number;
  height: number;
  cost: Micros;
  costPerStep: { stills: Micros; video: Micros };
  generatedAt: number;
  secondsTaken: number;
}

export function resultOf(campaign: Campaign, take: Take, catalogue: Catalogue): Result | null {
  if (!take.cut) return null;
  const { film } = take.cut;
  const board = campaign.boards.find(
    (b) => take.still && b.stills.some((s) => s.picture?.key === take.still?.key),
  );
  const stills = board?.stills.reduce((sum, s) => sum + s.billed, 0) ?? 0;
  const references = referencesOf(campaign);
  return {
    take: take.n,
    film: film.key,
    sha256: film.sha256,
    prompt: campaign.brief.words,
    refinedPrompt: campaign.revisions.find((r) => r.n === take.revision)?.motion.words ?? '',
    still: take.still?.key ?? null,
    model: take.model,
    provider: findModel(catalogue, take.model)?.provider ?? '',
    imageBackend: board?.model ?? null,
    brandKit: take.kit,
    references,
    referenceCount: references.length,
    durationAsked: take.seconds,
    duration: film.seconds,
    width: film.width,
    height: film.height,
    cost: take.billed,
    costPerStep: { stills, video: take.billed },
    generatedAt: take.endedAt ?? 0,
    secondsTaken: ((take.endedAt ?? 0) - take.requestedAt) / 1000,
  };
}
