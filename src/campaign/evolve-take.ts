import type { Campaign } from './campaign.ts';
import type { Event, EventOf } from './event.ts';
import { afterPurchase } from './evolve-spending.ts';
import type { Take } from './take.ts';

type TakeEvent = Extract<Event, { type: `take.${string}` | 'bill.late' }>;

export function evolveTake(campaign: Campaign, event: TakeEvent): Campaign {
  if (event.type === 'take.requested') {
    const takes = [...campaign.takes, requested(event)];
    const phase = campaign.phase === 'cancelled' ? campaign.phase : 'generating';
    return { ...campaign, phase, takes, retake: false, spendings: afterPurchase(campaign.spendings) };
  }
  const takes = campaign.takes.map((take) =>
    take.n === event.take ? { ...take, ...change(take, event) } : take,
  );
  return { ...campaign, takes, phase: phaseAfter(campaign, event) };
}

function change(take: Take, event: Exclude<TakeEvent, { type: 'take.requested' }>): Partial<Take> {
  switch (event.type) {
    case 'take.attempted':
      return { state: 'requested', attempt: event.attempt };
    case 'take.reordered':
      return { state: 'requested', attempt: event.attempt, ...heldAnew(take, event) };
    case 'take.cleared':
      return { clearance: event.clearance };
    case 'take.looked':
      return { state: 'requested' };
    case 'take.rerouted':
      return {
        state: 'requested',
        model: event.to,
        tried: [...take.tried, { model: event.from, reason: event.reason }],
        ...heldAnew(take, event),
        ...bookedWith(take, event.bill),
        unlisted: false,
        prediction: null,
        past: take.prediction === null ? take.past : [...take.past, take.prediction],
      };
    case 'take.created':
      return { state: 'created', prediction: event.prediction };
    case 'take.succeeded':
      return {
        state: 'succeeded',
        output: event.output,
        held: null,
        billed: take.billed + event.bill.billed,
        ...bookedWith(take, event.bill),
      };
    case 'take.redownloaded':
      return { downloads: take.downloads + 1 };
    case 'take.downloaded':
      return { state: 'downloaded', film: event.film };
    case 'take.finished':
      return { state: 'finished', cut: event.cut, endedAt: event.at };
    case 'take.failed':
      return { state: 'failed', reason: event.reason, ...presumedWith(event), ...ended(take, event) };
    case 'take.canceled':
      return { state: 'canceled', ...ended(take, event) };
    case 'take.unconfirmed':
      return { state: 'unconfirmed', unlisted: event.unlisted, absent: event.absent };
    case 'take.swept':
      return {};
    case 'take.strayed':
      return { strays: [...take.strays, event.prediction] };
    case 'bill.late':
      return {
        billed: take.billed + event.bill.billed - event.refunded,
        lateBills: [...take.lateBills, event.prediction],
        late: take.late + event.bill.billed,
        booked: [...take.booked, event.prediction],
        presumed: event.guessed ? event.bill.billed : 0,
        held: event.bill.held ? null : take.held,
      };
  }
}

const heldAnew = (take: Take, { held, bill }: EventOf<'take.rerouted' | 'take.reordered'>) => ({
  held,
  price: held.micros,
  billed: take.billed + bill.billed,
  accounts: held.accounts.map((a) => a.id),
});

const ended = (take: Take, event: EventOf<'take.failed' | 'take.canceled'>) => ({
  endedAt: event.at,
  held: event.bill ? null : take.held,
  billed: take.billed + (event.bill?.billed ?? 0),
  ...(event.bill ? bookedWith(take, event.bill) : {}),
});

/** Of a lost one nobody said what it cost. */
const presumedWith = ({ reason, bill }: EventOf<'take.failed'>): Partial<Take> =>
  reason === 'lost' ? { presumed: bill?.billed ?? 0 } : {};

/** What was billed for the prediction that is followed is in the books from now on. */
const bookedWith = (take: Take, bill: { billed: number }): Partial<Take> =>
  bill.billed > 0 && take.prediction !== null ? { booked: [...take.booked, take.prediction] } : {};

/** A take that came to nothing leads back to where a new one can be asked for. */
function phaseAfter(campaign: Campaign, event: TakeEvent): Campaign['phase'] {
  const back = event.type === 'take.failed' || event.type === 'take.canceled';
  return back && campaign.phase === 'generating' ? 'briefing' : campaign.phase;
}

const requested = (event: EventOf<'take.requested'>): Take => ({
  n: event.take,
  state: 'requested',
  attempt: 1,
  unlisted: false,
  absent: false,
  model: event.model,
  tried: [],
  revision: event.revision,
  seconds: event.seconds,
  aspect: event.aspect,
  still: event.still,
  last: event.last,
  references: event.references,
  kit: event.kit,
  clearance: null,
  seed: event.seed,
  held: event.held,
  price: event.held.micros,
  presumed: 0,
  accounts: event.held.accounts.map((a) => a.id),
  strays: [],
  booked: [],
  lateBills: [],
  late: 0,
  billed: 0,
  prediction: null,
  past: [],
  output: null,
  downloads: 1,
  film: null,
  cut: null,
  reason: null,
  requestedAt: event.at,
  endedAt: null,
});
