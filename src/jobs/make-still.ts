import { boardOf, type Campaign } from '../campaign/campaign.ts';
import type { EffectOf } from '../campaign/effect.ts';
import type { Frame } from '../campaign/file.ts';
import type { Aspect } from '../campaign/model.ts';
import { stillTag } from '../campaign/still.ts';
import type { FailureReason } from '../campaign/take.ts';
import { Never, TryLater } from '../errors.ts';
import { fitPicture } from '../media/picture.ts';
import type { MadeStill, StillOrder, StillProvider } from '../providers/still.ts';
import type { Storage } from '../storage/storage.ts';
import { mayStillShow, provenAbsent, sentAt } from './absence.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { lookOf } from './look.ts';
import { withFiles } from './order-files.ts';
import { refusalIn } from './refusal-in.ts';

interface Parts {
  stills: (model: string) => StillProvider;
  storage: Storage;
  frame: (aspect: Aspect) => Frame;
}
type Order = EffectOf<'make-still'>;

/** Buys one still, fits it to the frame and keeps it. */
export function makeStill(parts: Parts): Job<'make-still'> {
  return {
    async do(effect, context) {
      const board = boardOf(context.campaign, effect.board);
      const still = board?.stills.find((s) => s.n === effect.still);
      if (!board || still?.state !== 'requested') return { done: true };
      if (context.campaign.phase === 'cancelled') return failed(effect, 'called-off', 0);
      try {
        const { campaign, signal, guard, unwanted } = context;
        const at = { storage: parts.storage, frame: parts.frame(board.aspect) };
        const made = await withFiles(campaign, board, at, ({ references }) =>
          parts
            .stills(board.model)
            .make({ ...orderOf(campaign, effect), references }, { signal, guard, unwanted }),
        );
        await context.sent();
        return await keep(made, effect, context, parts);
      } catch (error) {
        return refused(effect, error);
      }
    },
    find: (effect, context) =>
      lookUp(effect, context, parts).catch((error: unknown) => refused(effect, error)),
  };
}

/** What the provider knows of a still of which nobody heard. */
async function lookUp(effect: Order, context: JobContext, parts: Parts): Promise<JobResult | 'absent'> {
  const model = boardOf(context.campaign, effect.board)?.model;
  if (model === undefined) return { done: true };
  const since = sentAt(context);
  if (since === null) return 'absent';
  const provider = parts.stills(model);
  if (provider.memory === 'never') return ambiguous(effect);
  const found = await provider.find(orderOf(context.campaign, effect), since, context);
  if (found === 'unknown' && !mayStillShow(context)) return ambiguous(effect);
  if (found === 'unknown')
    throw new TryLater('still not yet known', { delay: context.policy.times.retry, sent: true });
  if (found !== 'absent') return keep(found, effect, context, parts);
  if (provider.memory !== 'at-once') await provenAbsent(context, `stills:${effect.board}`);
  return 'absent';
}

const ambiguous = ({ board, still }: Order): JobResult => ({
  outcome: { type: 'still.ambiguous', board, still },
});

const failed = ({ board, still }: Order, reason: FailureReason, cost: number): JobResult => ({
  outcome: { type: 'still.failed', board, still, reason, cost },
});

/** A refusal ends the still with what it cost; anything else is not ours to judge. */
function refused(effect: Order, error: unknown): JobResult {
  const { reason, billed } = refusalIn(error);
  return failed(effect, reason, billed);
}

function orderOf(campaign: Campaign, { board, still }: Order): StillOrder {
  const on = boardOf(campaign, board);
  const revision = campaign.revisions.find((r) => r.n === on?.revision);
  return {
    tag: stillTag(campaign.id, board, still),
    model: on?.model ?? '',
    prompt: [revision?.still.words ?? campaign.brief.words, on?.look].filter(Boolean).join('\n'),
    quality: on?.quality ?? null,
    aspect: on?.aspect ?? campaign.settings.aspect,
    seed: on?.stills.find((s) => s.n === still)?.seed ?? 0,
    look: lookOf(campaign),
    references: [],
  };
}

async function keep(
  made: MadeStill,
  { board, still }: Order,
  { campaign, workspace }: JobContext,
  { storage, frame }: Parts,
): Promise<JobResult> {
  const size = frame(boardOf(campaign, board)?.aspect ?? campaign.settings.aspect);
  const { bytes } = await fitPicture(made.bytes, size).catch(() => {
    throw new Never('garbage', 'the still cannot be read', { billed: made.cost });
  });
  const stored = await storage.put({ shelf: 'generated', workspace, ending: 'png', from: { bytes } });
  const picture = { ...stored, ...size, mime: 'image/png' };
  return { outcome: { type: 'still.made', board, still, picture, cost: made.cost } };
}
