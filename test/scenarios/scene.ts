import type { Campaign } from '../../src/campaign/campaign.ts';
import { costOf } from '../../src/campaign/creative.ts';
import type { Policy } from '../../src/campaign/policy.ts';
import type { Verdict } from '../../src/campaign/review.ts';
import type { Journal } from '../../src/journal/journal.ts';

/** Ada asks for everything. All three manage the place. */
export type Role = 'ada' | 'lee' | 'max';

export interface Picture {
  name: string;
  bytes: Buffer;
}

/** How a world is set up before anybody types. */
export interface Setting {
  policy?: Partial<Policy>;
  environment?: NodeJS.ProcessEnv;
}

/** What people do, as each platform lets them do it. */
export interface Scene {
  /** `/video`; resolves when the prompt is worded and all is quiet. */
  asks(words: string, logo?: Picture): Promise<void>;
  /** Ada, in the conversation. */
  says(words: string, picture?: Picture): Promise<void>;
  generates(): Promise<void>;
  wantsStills(): Promise<void>;
  picksStill(n: number): Promise<void>;
  cancels(): Promise<void>;
  /** By button; changes and rejections give their reason. */
  decides(verdict: Verdict, by: Role): Promise<void>;
  /** By a sign under the review. */
  signs(verdict: Verdict, by: Role): Promise<void>;
  /** Allows a take that is too dear to be bought unasked. */
  allows(by: Role): Promise<void>;
  /** Waits until the campaign is so. */
  until(holds: Holds): Promise<void>;
  /** The same, and then until nothing is left to do. */
  becomes(holds: Holds): Promise<Campaign>;
  /** Everything that stands in the conversation, one blank between words. */
  shown(): string;
  /** Orders that cost money, by the provider's own book. */
  paid(): Promise<number>;
  journal: Pick<Journal, 'ledger' | 'account'>;
  workspace: string;
}

type Holds = (campaign: Campaign) => boolean;

export type Platform = (setting: Setting) => Promise<Scene>;

export const reasons: Record<Verdict, string> = {
  approve: '',
  'request-changes': 'slower, please',
  reject: 'not for us',
};

/** What a campaign came to: everything that may not depend on where it was talked about. */
export interface End {
  phase: Campaign['phase'];
  verdict: Verdict | null;
  /** Verdicts in the book. */
  decisions: number;
  /** Each as `state model` or `state model: reason`. */
  takes: string[];
  references: string[];
  musts: string[];
  notes: string[];
  revisions: number;
  still: number | null;
  /** Without those too late: one that met the others at the check is kept, one after the verdict is only answered. */
  votes: string[];
  /** Orders paid. */
  paid: number;
  /** Micro-dollars booked for the campaign, and those still held. */
  spent: number;
  held: number;
}

export async function endOf(scene: Scene): Promise<End> {
  const campaign = await scene.becomes(() => true);
  const book = await scene.journal.ledger({ workspace: scene.workspace });
  const account = await scene.journal.account(`campaign:${campaign.id}`);
  const { phase, takes, references, brief, notes, revisions, boards, review } = campaign;
  return {
    phase,
    verdict: review?.verdict ?? null,
    decisions: book.filter(({ kind }) => kind === 'decision').length,
    takes: takes.map(({ state, model, reason }) => `${state} ${model}${reason ? `: ${reason}` : ''}`),
    references: references.map(({ purpose, state }) => `${purpose} ${state}`),
    musts: brief.musts.map(({ words }) => words),
    notes: notes.map(({ words }) => words),
    revisions: revisions.length,
    still: boards.at(-1)?.picked ?? null,
    votes: (review?.votes ?? [])
      .filter(({ state }) => state !== 'late')
      .map(({ verdict, state }) => `${verdict} ${state}`)
      .toSorted(),
    paid: await scene.paid(),
    spent: account?.spent ?? 0,
    held: account?.reserved ?? 0,
    ...(account && account.spent !== costOf(campaign) ? { spent: Number.NaN } : {}),
  };
}
