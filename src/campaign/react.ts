import type { Campaign } from './campaign.ts';
import { boardOf, runningTake, takeOf } from './campaign.ts';
import { cardsOf } from './cards.ts';
import type { Effect, EffectOf } from './effect.ts';
import type { Event } from './event.ts';
import { keyTrouble } from './key-trouble.ts';
import type { Times } from './policy.ts';
import { cutId, type Take, tagOf } from './take.ts';

/** What has to be done because of a fact; `campaign` is the campaign after it. Cards come last. */
export function react(campaign: Campaign, event: Event, times: Times): Effect[] {
  return [...work(campaign, event, times), ...keyTrouble(campaign, event), ...shown(campaign, event)];
}

/** A campaign that got no conversation ends where it was asked for, among others, so that its end is seen. */
function shown(campaign: Campaign, event: Event): EffectOf<'sync-card'>[] {
  const { id, place, channel } = campaign;
  if (place !== null) return cardsOf(campaign, event).map((key) => ({ type: 'sync-card', place, key }));
  if (event.type !== 'campaign.cancelled') return [];
  return [{ type: 'sync-card', place: channel, key: `brief:${id}` }];
}

function work(campaign: Campaign, event: Event, times: Times): Effect[] {
  switch (event.type) {
    case 'campaign.opened':
      return [{ type: 'open-place', channel: event.channel }];
    case 'message.heard':
      return [{ type: 'read-message', message: event.message }];
    case 'refinement.requested':
      return [{ type: 'refine-prompt', n: event.n }];
    case 'reference.offered':
      return event.source.kind === 'kit' ? [] : [{ type: 'fetch-reference', reference: event.reference }];
    case 'stills.requested':
      return [{ type: 'moderate', of: 'stills', n: event.board }];
    case 'stills.cleared':
      return stillsToMake(campaign, event.board);
    case 'still.attempted':
      return [{ type: 'make-still', board: event.board, still: event.still }];
    case 'still.unconfirmed': {
      const key = `unconfirmed-still:${event.board}.${event.still}`;
      return [{ type: 'wait-until', due: event.at + times.unconfirmed, key }];
    }
    case 'spending.asked':
      return [{ type: 'wait-until', due: event.at + times.remind, key: `spending:${event.n}` }];
    case 'spending.voted':
    case 'vote.cast':
      return [{ type: 'check-approver', vote: event.vote }];
    case 'review.opened':
      return [{ type: 'wait-until', due: event.at + times.remind, key: `remind:${event.cut}` }];
    case 'campaign.cancelled':
      return callBack(runningTake(campaign));
    case 'take.unconfirmed':
    case 'take.requested':
    case 'take.cleared':
    case 'take.attempted':
    case 'take.reordered':
    case 'take.rerouted':
    case 'take.looked':
    case 'take.created':
    case 'take.strayed':
    case 'take.swept':
    case 'take.succeeded':
    case 'take.redownloaded':
    case 'take.downloaded':
    case 'take.failed': {
      const take = takeOf(campaign, event.take);
      return take ? takeWork(campaign, take, event, times) : [];
    }
    default:
      return [];
  }
}

const stillsToMake = (campaign: Campaign, board: number): Effect[] =>
  (boardOf(campaign, board)?.stills ?? []).map(({ n }) => ({ type: 'make-still', board, still: n }));

type TakeEvent = Extract<Event, { type: `take.${string}` }>;

function takeWork(campaign: Campaign, take: Take, event: TakeEvent, times: Times): Effect[] {
  switch (event.type) {
    case 'take.requested':
      return [{ type: 'moderate', of: 'take', n: take.n }];
    case 'take.cleared':
    case 'take.attempted':
    case 'take.reordered':
    case 'take.rerouted':
      return [
        { type: 'buy-take', take: take.n, tag: tagOf(campaign.id, take), look: false },
        sweepOf(campaign, take),
      ];
    case 'take.swept':
      return [sweepOf(campaign, take)];
    case 'take.looked':
      return [{ type: 'buy-take', take: take.n, tag: tagOf(campaign.id, take), look: true }];
    case 'take.unconfirmed':
      return [{ type: 'wait-until', due: event.at + times.unconfirmed, key: `unconfirmed:${take.n}` }];
    case 'take.created': {
      const watch: Effect = { type: 'watch-take', take: take.n, prediction: event.prediction };
      return campaign.phase === 'cancelled' ? [...callBack(take), watch] : [watch];
    }
    case 'take.strayed': {
      const { type: _, ...stray } = event;
      const { prediction } = stray;
      return [
        { type: 'cancel-take', ...stray },
        { type: 'watch-take', ...stray },
        { type: 'raise-alarm', about: 'bought-twice', take: take.n, prediction, after: 0 },
      ];
    }
    case 'take.succeeded':
      return [...toDownload(take), alarm(take, times.alarm), alarm(take, 2 * times.alarm)];
    case 'take.redownloaded':
      return toDownload(take);
    case 'take.downloaded':
      return [{ type: 'finish-take', take: take.n, cut: cutId(take.n) }];
    case 'take.failed':
      return event.reason === 'timeout' ? [...callBack(take), ...watchOf(take)] : [];
    default:
      return [];
  }
}

const toDownload = ({ n, output }: Take): Effect[] =>
  output === null ? [] : [{ type: 'download-take', take: n, output }];

const alarm = ({ n }: Take, after: number): Effect => ({
  type: 'raise-alarm',
  about: 'undownloaded',
  take: n,
  after,
});

const sweepOf = (campaign: Campaign, take: Take): Effect => ({
  type: 'sweep-take',
  take: take.n,
  tag: tagOf(campaign.id, take),
});

/** What was called back is watched until its bill is known. */
const watchOf = (take: Take): Effect[] =>
  take.prediction ? [{ type: 'watch-take', take: take.n, prediction: take.prediction }] : [];

const callBack = (take: Take | undefined): Effect[] =>
  take?.prediction ? [{ type: 'cancel-take', take: take.n, prediction: take.prediction }] : [];
