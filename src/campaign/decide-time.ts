import { heldForStill, takeOf } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { end } from './decide-cancel.ts';
import { unrefined } from './decide-prompt.ts';
import { refusedReference } from './decide-references.ts';
import { refuseVote } from './decide-review.ts';
import { cleared } from './decide-screening.ts';
import { allowanceOf, refuseAllowance } from './decide-spending.ts';
import { stillFailed } from './decide-stills.ts';
import { loseStill } from './decide-stills-lost.ts';
import { abandonTake, failTake, loseTake, presume, reroute } from './decide-takes.ts';
import { unshown } from './decide-unshown.ts';
import type { Effect, EffectOf } from './effect.ts';
import type { OutcomeOf } from './outcome.ts';
import { reply } from './reply.ts';
import { partsOf, picturesIn } from './screening.ts';
import { openSpending } from './spending.ts';
import { isOver, type Take, tagOf } from './take.ts';

/** Nothing hangs: what a campaign does when a time has come or a job has given up. */
export function gaveUp(
  draft: Draft,
  outcome: OutcomeOf<'gave-up' | 'time.passed'>,
  context: Context,
): undefined {
  if (outcome.type === 'time.passed') return passed(draft, outcome.key, context);
  const { effect, sent, code = null } = outcome;
  without(draft, effect, { ...context, sent, code });
}

/** Keys of `wait-until`: `remind:1a`, `unconfirmed:2`, `unconfirmed-still:1.2`, `spending:1`. */
function passed(draft: Draft, key: string, context: Context): undefined {
  const [about, which = ''] = key.split(':');
  const { review, phase } = draft.campaign;
  if (about === 'remind' && review?.cut === which && !review.verdict && phase === 'review') {
    reply(draft, { about: 'reminder', cut: which });
  }
  const open = openSpending(draft.campaign);
  if (about === 'spending' && open?.state === 'asked' && String(open.n) === which && phase !== 'cancelled') {
    reply(draft, { about: 'spending-waits', spending: open.n });
  }
  if (about === 'unconfirmed-still') loseStill(draft, stillNamed(which));
  const take = about === 'unconfirmed' ? takeOf(draft.campaign, Number(which)) : undefined;
  if (take?.state === 'unconfirmed') loseTake(draft, take, context);
}

function stillNamed(which: string): { board: number; still: number } {
  const [board, still] = which.split('.').map(Number);
  return { board: board ?? 0, still: still ?? 0 };
}

type Given = Context & { sent: boolean; code: string | null };

function without(draft: Draft, effect: Effect, context: Given): undefined {
  switch (effect.type) {
    case 'open-place':
      if (!draft.campaign.place && draft.campaign.phase !== 'cancelled')
        end(draft, { ...context, person: '' });
      return;
    case 'read-message':
      return unread(draft, effect.message);
    case 'refine-prompt':
      return unrefined(draft, { type: 'prompt.unrefined', n: effect.n, reason: 'timeout' }, context);
    case 'moderate': {
      const { of, n } = effect;
      const pictures = picturesIn(partsOf(draft.campaign, effect));
      return cleared(draft, { type: 'moderation.passed', of, n, pictures, unchecked: 'timeout' }, context);
    }
    case 'fetch-reference':
      return refusedReference(
        draft,
        {
          type: 'reference.refused',
          reference: effect.reference,
          code: 'reference-timeout',
        },
        context,
      );
    case 'make-still': {
      const { board, still } = effect;
      const cost = context.sent ? heldForStill(draft.campaign, effect) : 0;
      return stillFailed(draft, { type: 'still.failed', board, still, reason: 'timeout', cost });
    }
    case 'check-approver': {
      const waiting = allowanceOf(draft, effect.vote);
      if (waiting)
        return refuseAllowance(
          draft,
          { n: waiting.spending.n, vote: effect.vote, name: waiting.allowance.person },
          'vote-unchecked',
        );
      const vote = draft.campaign.review?.votes.find((v) => v.id === effect.vote && v.state === 'checking');
      return vote && refuseVote(draft, vote, 'vote-unchecked');
    }
    case 'buy-take':
      return context.sent || effect.look
        ? unconfirmed(draft, effect, context)
        : unbought(draft, effect, context);
    case 'watch-take':
    case 'download-take':
    case 'finish-take':
      return endTake(draft, effect, context);
    case 'heed-hint':
    case 'sweep-take':
    case 'raise-alarm':
    case 'cancel-take':
    case 'tell-admins':
    case 'fetch-logo':
    case 'probe-models':
    case 'forget-words':
    case 'wait-until':
      return;
    case 'sync-card':
      return unshown(draft, effect.key, context.code);
  }
}

function unread(draft: Draft, message: string): undefined {
  if (!draft.campaign.heard.some((m) => m.message === message)) return;
  draft.add({ type: 'message.read', message });
  reply(draft, { about: 'unread' });
}

/** The take that still waits for this very purchase. */
function waitingFor(draft: Draft, { take: n, tag }: EffectOf<'buy-take'>): Take | undefined {
  const take = takeOf(draft.campaign, n);
  return take?.state === 'requested' && tagOf(draft.campaign.id, take) === tag ? take : undefined;
}

function unconfirmed(draft: Draft, effect: EffectOf<'buy-take'>, context: Context): undefined {
  if (waitingFor(draft, effect))
    draft.add({
      type: 'take.unconfirmed',
      at: context.now,
      take: effect.take,
      unlisted: false,
      absent: false,
    });
}

/** Never sent, so nothing was bought: the next model may be asked. */
function unbought(draft: Draft, effect: EffectOf<'buy-take'>, context: Context): undefined {
  const take = waitingFor(draft, effect);
  if (take) reroute(draft, take, { reason: 'outage', cost: 0 }, context);
}

const reasons = { 'download-take': 'lost', 'finish-take': 'finishing' } as const;

function endTake(
  draft: Draft,
  effect: EffectOf<'watch-take' | 'download-take' | 'finish-take'>,
  context: Context,
): undefined {
  const take = takeOf(draft.campaign, effect.take);
  if (!take) return;
  if (effect.type === 'watch-take') return unwatched(draft, take, effect, context);
  if (!isOver(take) && isItsOwn(take, effect)) failTake(draft, take, reasons[effect.type], context);
}

/** What was bought and has no end yet is called back and watched once more; after that, its price is booked. */
function unwatched(draft: Draft, take: Take, effect: EffectOf<'watch-take'>, context: Context): undefined {
  if (!isOver(take) && isItsOwn(take, effect)) abandonTake(draft, take, 'timeout', context);
  else presume(draft, take, effect.prediction);
}

/** A stray's end, or that of an earlier download, says nothing about the take. */
function isItsOwn(take: Take, effect: EffectOf<'watch-take' | 'download-take' | 'finish-take'>): boolean {
  if (effect.type === 'watch-take') return take.state === 'created' && take.prediction === effect.prediction;
  return effect.type === 'download-take' ? take.state === 'succeeded' : take.state === 'downloaded';
}
