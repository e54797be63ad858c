import type { Campaign } from './campaign.ts';
import type { Event, EventOf } from './event.ts';
import { book, type Posting, reserve, settle } from './money.ts';
import type { Status } from './status.ts';
import { shorten } from './words.ts';

export function statusOf(campaign: Campaign): Status {
  switch (campaign.phase) {
    case 'generating':
      return 'inProgress';
    case 'review':
      return campaign.review?.verdict === 'request-changes' ? 'changesRequested' : 'needsReview';
    case 'approved':
    case 'rejected':
    case 'cancelled':
      return campaign.phase;
    default:
      return 'briefing';
  }
}

export const titleOf = (campaign: Campaign): string =>
  shorten(campaign.brief.product ?? campaign.brief.words.split('\n')[0] ?? '', 60) || 'Untitled video';

/** The money an event moves: reserved before it is spent, given back when nothing was bought. */
export function postingsOf(event: Event): Posting[] {
  switch (event.type) {
    case 'stills.requested':
      return event.stills.flatMap((still) => reserve(still.held));
    case 'wording.billed':
      return book(event.paid);
    case 'take.requested':
      return reserve(event.held);
    case 'still.attempted':
    case 'take.reordered':
    case 'take.rerouted':
      return [...ended(event.bill), ...reserve(event.held)];
    case 'still.made':
    case 'still.failed':
    case 'take.succeeded':
      return ended(event.bill);
    case 'bill.late':
      return [...ended(event.bill), ...refunds(event)];
    case 'take.failed':
    case 'take.canceled':
      return event.bill ? ended(event.bill) : [];
    default:
      return [];
  }
}

/** What was booked where nobody knew, and turned out to be less. */
function refunds({ refunded, bill: { item, accounts } }: EventOf<'bill.late'>): Posting[] {
  if (refunded === 0) return [];
  return accounts.map((account) => ({ account, kind: 'refund', micros: refunded, item }));
}

type Ended = Extract<Event, { type: 'take.succeeded' }>['bill'];

/** A bill nothing was held for any more is booked all the same: late money is never hidden. */
function ended(bill: Ended): Posting[] {
  if (bill.held) return settle(bill.held, bill.billed);
  const { item, billed } = bill;
  return bill.accounts.map((account) => ({ account, kind: 'settle', micros: billed, item }));
}
