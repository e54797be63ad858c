import type { BrandKit } from './brand-kit.ts';
import { type Brief, type Settings, usualStill } from './brief.ts';
import type { Picture } from './file.ts';
import type { Among } from './intent.ts';
import type { Micros } from './money.ts';
import type { Approvers } from './policy.ts';
import type { Revision } from './prompt.ts';
import { type Reference, steeringOf } from './reference.ts';
import type { Reply } from './reply.ts';
import type { Review } from './review.ts';
import type { Spending } from './spending.ts';
import type { Storyboard } from './still.ts';
import { isOver, type Take } from './take.ts';
import type { FieldName } from './template.ts';

/** `rejected` and `approved` end the review of a campaign; `cancelled` ends it from anywhere. */
export type Phase =
  | 'unopened'
  | 'briefing'
  | 'storyboard'
  | 'generating'
  | 'review'
  | 'approved'
  | 'rejected'
  | 'cancelled';

/** `among`: it was said beside all conversations, and any of these may be meant. */
interface Heard {
  message: string;
  person: string;
  words: string;
  among?: Among | undefined;
}

/** One goal pursued in one conversation. Plain data: it is kept as a snapshot and read by `chat/compose.ts`. */
export interface Campaign {
  id: string;
  workspace: string;
  phase: Phase;
  requester: string;
  /** Where it was asked for, and the conversation opened there. */
  channel: string;
  place: string | null;
  openedAt: number;
  seed: number;
  brief: Brief;
  settings: Settings;
  /** Who was named to decide on this campaign; null: whoever decides in the workspace. */
  approvers: Approvers | null;
  /** The brand kit it is made with, as of the revision it took. */
  kit: BrandKit | null;
  references: readonly Reference[];
  revisions: readonly Revision[];
  /** Micro-dollars that language models took so far. */
  worded: Micros;
  /** The revision being worded, and the note it answers. */
  refining: { n: number; words: string } | null;
  /** Every note so far, oldest first. */
  notes: readonly { words: string }[];
  asked: readonly FieldName[];
  /** Messages not yet understood. */
  heard: readonly Heard[];
  replies: readonly Reply[];
  boards: readonly Storyboard[];
  takes: readonly Take[];
  /** A verdict asked for changes: the next take follows as soon as the prompt answers it. */
  retake: boolean;
  /** Prices that somebody had to be asked about, oldest first. */
  spendings: readonly Spending[];
  review: Review | null;
  /** Reviews that are over, oldest first. */
  reviewed: readonly Review[];
  cancelledBy: string | null;
}

export const unopened = (id: string): Campaign => ({
  id,
  workspace: '',
  phase: 'unopened',
  requester: '',
  channel: '',
  place: null,
  openedAt: 0,
  seed: 0,
  brief: {
    words: '',
    template: null,
    platform: null,
    product: null,
    tagline: null,
    description: null,
    musts: [],
    mustNots: [],
  },
  settings: { model: '', named: false, seconds: 6, aspect: '16:9', verbatim: false, still: usualStill },
  approvers: null,
  kit: null,
  references: [],
  revisions: [],
  worded: 0,
  refining: null,
  notes: [],
  asked: [],
  heard: [],
  replies: [],
  boards: [],
  takes: [],
  retake: false,
  spendings: [],
  review: null,
  reviewed: [],
  cancelledBy: null,
});

export const takeOf = (campaign: Campaign, n: number): Take | undefined =>
  campaign.takes.find((take) => take.n === n);
export const takeOfCut = (campaign: Campaign, cut: string): Take | undefined =>
  campaign.takes.find((take) => take.cut?.id === cut);
export const runningTake = (campaign: Campaign): Take | undefined =>
  campaign.takes.find((take) => !isOver(take));
export const boardOf = (campaign: Campaign, n: number): Storyboard | undefined =>
  campaign.boards.find((board) => board.n === n);
/** What a still of which nobody knows the end may have cost: it is booked as if it were paid. */
export const heldForStill = (campaign: Campaign, at: { board: number; still: number }): Micros =>
  boardOf(campaign, at.board)?.stills.find((s) => s.n === at.still)?.held?.micros ?? 0;
export const lastRevision = (campaign: Campaign): Revision | undefined => campaign.revisions.at(-1);
/** The prompt of the film as it is worded now. */
export const promptIn = (campaign: Campaign): string => lastRevision(campaign)?.motion.words ?? '';
export const inUse = (campaign: Campaign): Reference[] =>
  campaign.references.filter((r) => r.state === 'fetching' || r.state === 'ready');
export const logoOf = (campaign: Campaign): Reference | undefined =>
  campaign.references.findLast((r) => r.state === 'ready' && r.purpose === 'logo');

/** The references a model is to follow, the most important first. */
export const steeringIn = (campaign: Campaign): Reference[] =>
  steeringOf(campaign.references.filter((r) => r.state === 'ready'));

/** The picture that was given as the film's own first or last frame, the newest where there are several. */
export const frameOf = (campaign: Campaign, purpose: 'first-frame' | 'last-frame'): Picture | null =>
  campaign.references.findLast((r) => r.state === 'ready' && r.purpose === purpose)?.picture ?? null;

/** The newest board that has a picked still and the shape wanted now. */
export const pickedBoard = (campaign: Campaign): Storyboard | undefined =>
  campaign.boards.findLast((b) => b.picked !== null && b.aspect === campaign.settings.aspect);

export function pickedStill(campaign: Campaign): Picture | null {
  const board = pickedBoard(campaign);
  return board?.stills.find((s) => s.n === board.picked)?.picture ?? null;
}

/** What must not be shown: as this brief says, and as its brand has it everywhere. */
export const mustNotsOf = ({ brief, kit }: Campaign): readonly { words: string }[] => [
  ...brief.mustNots,
  ...(kit?.bans ?? []),
];

/** Brand colours: those of its kit first, then the logo's, then those of the other references. */
export function coloursOf(campaign: Campaign): string[] {
  const ready = campaign.references.filter((r) => r.state === 'ready');
  const ordered = [...ready].sort((a, b) => Number(b.purpose === 'logo') - Number(a.purpose === 'logo'));
  const found = ordered.flatMap((r) => r.palette);
  return [...new Set([...(campaign.kit?.colours ?? []), ...found])].slice(0, 5);
}

/** Whether its cut stands approved; a new take would void that. */
export const isApproved = (campaign: Campaign): boolean => campaign.review?.verdict === 'approve';

/** Whether a decision stands that ended its review; another take would begin a new one. */
export const isDecided = ({ phase }: Campaign): boolean => phase === 'approved' || phase === 'rejected';

/** What the open question is about: the first one asked that words can answer and that has no answer yet. */
export const openQuestion = (campaign: Campaign): FieldName | null =>
  campaign.asked.find((about) => about !== 'logo' && missing(campaign, about)) ?? null;

export function missing(campaign: Campaign, field: FieldName): boolean {
  if (field === 'logo')
    return !campaign.references.some((r) => r.purpose === 'logo' && r.state !== 'removed');
  return campaign.brief[field] === null;
}
