import { type Campaign, takeOf } from '../campaign/campaign.ts';
import { type Catalogue, findModel, following, type Model } from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import { isOver, needOf, secondsTaken, type Take, Underway } from '../campaign/take.ts';
import { type Button, type Card, card, type Progress } from './card.ts';
import { sampleNote } from './samples.ts';
import { tookOver } from './took-over.ts';
import type { View } from './view.ts';
import { failures, picturesLeft, uncheckedNote } from './wording.ts';

/** One take on its way, honest about what is known; it stays as the take's record. */
export function composeProgress(view: View, n: number, catalogue: Catalogue): Card | null {
  const take = takeOf(view.campaign, n);
  if (!take) return null;
  const model = findModel(catalogue, take.model);
  return card({
    title: `Take ${n} · ${model?.name ?? take.model} · ${take.seconds} s ${take.aspect}`,
    text: [
      ...uncheckedNote(take.clearance),
      ...tookOver(take, catalogue),
      ...leftBehind(take, model),
      ...strayed(take),
      ...endOf(take),
    ],
    progress: [stateOf(take, view)],
    buttons: buttonsOf(take, view.campaign),
    footer: model ? sampleNote(model) : '',
  });
}

/** A model that stepped in may follow fewer pictures than the one that was chosen. */
function leftBehind(take: Take, model: Model | undefined): string[] {
  const follows = model && take.tried.length > 0 ? following(model, needOf(take)) : null;
  if (!model || !follows) return [];
  const { references: along, last } = follows;
  const behind = take.references.length - along;
  const left = { model: model.name, along, first: 0, behind, last: take.last !== null && !last };
  return left.behind > 0 || left.last ? [picturesLeft({ ...left, instead: null })] : [];
}

const strayed = ({ strays }: Take): string[] =>
  strays.length > 0
    ? [
        'The provider listed another order of this take late. It was called back; what it is billed for is in the cost.',
      ]
    : [];

function buttonsOf(take: Take, { phase }: Campaign): Button[] {
  if (phase === 'cancelled') return [];
  if (take.state === 'unconfirmed') return unconfirmedButtons(take);
  return isOver(take) ? [] : [{ label: 'Cancel', style: 'danger', does: { type: 'cancel' } }];
}

function endOf(take: Take): string[] {
  const isLate = take.lateBills.length > 0 && take.presumed === 0;
  const late = isLate ? [`Billed after its end: ${inDollars(take.billed)}.`] : [];
  if (take.state === 'failed') return [failures[take.reason ?? 'provider-error'], billed(take), ...late];
  if (take.state === 'canceled') return ['Cancelled.', billed(take), ...late];
  if (take.state === 'unconfirmed' && take.absent)
    return [
      "The provider's list does not show this take, so it was not bought. It costs too much to be ordered again unasked.",
    ];
  if (take.state === 'unconfirmed')
    return ['The provider did not answer, so nobody knows yet whether this take was bought.'];
  return [];
}

function billed(take: Take): string {
  if (take.presumed > 0) return `What it may have cost is booked: ${inDollars(take.billed)}.`;
  if (take.billed > 0) return `Charged: ${inDollars(take.billed)}.`;
  return take.held ? 'Nothing is booked so far; what is still billed will be.' : 'Nothing was charged.';
}

function liveOf({ live }: View, type: string, n: number): Underway | null {
  const row = live.find((l) => l.type === type && (l.body as { take?: number }).take === n);
  return Underway.safeParse(row?.live).data ?? null;
}

function stateOf(take: Take, view: View): Progress {
  switch (take.state) {
    case 'requested':
      return { label: 'ordering', fraction: null, state: 'waiting' };
    case 'created':
      return generating(liveOf(view, 'watch-take', take.n));
    case 'succeeded':
      return { label: 'fetching the clip', fraction: 0.8, state: 'running' };
    case 'downloaded':
      return finishing(liveOf(view, 'finish-take', take.n));
    case 'finished':
      return {
        label: `done in ${secondsTaken(take)} s for ${inDollars(take.billed)}`,
        fraction: 1,
        state: 'done',
      };
    case 'failed':
      return { label: 'failed', fraction: null, state: 'failed' };
    case 'canceled':
      return { label: 'cancelled', fraction: null, state: 'failed' };
    case 'unconfirmed':
      return { label: 'not confirmed', fraction: null, state: 'waiting' };
  }
}

function generating(live: Underway | null): Progress {
  if (live?.state === 'running')
    return { label: 'generating', fraction: live.fraction * 0.8, state: 'running' };
  const position =
    live?.state === 'queued' && live.position !== null ? `, place ${live.position} in line` : '';
  return { label: `waiting for the model${position}`, fraction: null, state: 'waiting' };
}

const finishing = (live: Underway | null): Progress => ({
  label: 'adding logo and end card',
  fraction: 0.85 + (live?.state === 'running' ? live.fraction * 0.15 : 0),
  state: 'running',
});

function unconfirmedButtons({ n: take, absent, price }: Take): Button[] {
  const does = (answer: 'check' | 'retry' | 'give-up') => ({ type: 'resolve-take' as const, take, answer });
  const anew = absent ? `Order again (${inDollars(price)})` : 'Buy anew (may be charged twice)';
  return [
    { label: 'Check again', style: absent ? 'plain' : 'primary', does: does('check') },
    { label: anew, style: absent ? 'primary' : 'danger', does: does('retry') },
    { label: 'Give up', style: 'plain', does: does('give-up') },
  ];
}
