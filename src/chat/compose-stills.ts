import { boardOf, type Campaign } from '../campaign/campaign.ts';
import { type Catalogue, findModel } from '../campaign/model.ts';
import type { Still, Storyboard } from '../campaign/still.ts';
import { type Button, type Card, type Choice, card, type Progress } from './card.ts';
import { sampleNote } from './samples.ts';
import { failures, uncheckedNote } from './wording.ts';

/** Stills side by side, of which one is picked. */
export function composeStills(campaign: Campaign, n: number, catalogue: Catalogue): Card | null {
  const board = boardOf(campaign, n);
  if (!board) return null;
  const model = findModel(catalogue, board.model);
  const waiting = board.stills.filter((s) => s.state === 'requested').length;
  const isOver = campaign.phase === 'cancelled';
  const isOpen = !isOver && board.aspect === campaign.settings.aspect;
  return card({
    title: isOver ? endOf(board) : titleOf(board, waiting, isOpen),
    text: [...uncheckedNote(board.clearance), ...board.stills.flatMap(whatOf)],
    progress: waiting > 0 ? [progressOf(board, waiting)] : [],
    choices: board.stills.flatMap((still) => choiceOf(board, still, isOpen)),
    buttons: isOver ? [] : board.stills.flatMap((still) => unknownButtons(n, still)),
    footer: model ? sampleNote(model) : '',
  });
}

const endOf = ({ picked }: Storyboard): string =>
  `${picked === null ? 'Stills' : `Still ${picked} was picked`}: the video was cancelled`;

function titleOf(board: Storyboard, waiting: number, isOpen: boolean): string {
  if (waiting > 0) return board.follow ? 'The still that the film begins with' : 'Stills';
  const has = (state: Still['state']) => board.stills.some((s) => s.state === state);
  if (!isOpen && has('ready')) return `Stills in ${board.aspect}: the clip has another shape now`;
  if (board.picked !== null) return `Still ${board.picked} is picked: the film begins with it`;
  if (has('ready')) return 'Pick a still';
  return has('unconfirmed') ? 'Stills: not confirmed' : 'No still could be made';
}

const maybePaid = 'What it may have cost is booked.';

function whatOf({ n, state, attempt, reason }: Still): string[] {
  const anew =
    attempt > 1
      ? [`Still ${n} was ordered anew, because its first order was never answered. ${maybePaid}`]
      : [];
  if (state === 'unconfirmed')
    return [`Still ${n}: the provider did not answer, so nobody knows whether it was bought.`];
  if (state !== 'failed') return anew;
  if (reason === 'lost')
    return [`Still ${n}: nobody could tell what became of it, so it was given up. ${maybePaid}`];
  return [...anew, `Still ${n}: ${failures[reason ?? 'provider-error']}`];
}

function unknownButtons(board: number, { n, state }: Still): Button[] {
  if (state !== 'unconfirmed') return [];
  const does = (answer: 'retry' | 'give-up') => ({ type: 'resolve-still' as const, board, still: n, answer });
  return [
    { label: `Buy still ${n} anew (may be charged twice)`, style: 'danger', does: does('retry') },
    { label: `Give up still ${n}`, style: 'plain', does: does('give-up') },
  ];
}

const progressOf = (board: Storyboard, waiting: number): Progress => ({
  label: `${board.stills.length - waiting} of ${board.stills.length} stills`,
  fraction: 1 - waiting / board.stills.length,
  state: 'running',
});

function choiceOf(board: Storyboard, still: Still, isOpen: boolean): Choice[] {
  if (!still.picture) return [];
  const { key, sha256, bytes, mime } = still.picture;
  const image = { key, sha256, bytes, mime, title: `still ${board.n}.${still.n}` };
  const chosen = board.picked === still.n;
  const does = isOpen ? { type: 'pick-still' as const, board: board.n, still: still.n } : null;
  return [{ label: `Still ${still.n}`, image, does, chosen }];
}
