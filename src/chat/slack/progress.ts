import type { Card, Progress } from '../card.ts';
import { plainly } from '../fitted.ts';
import { type Block, lines } from './blocks.ts';
import { longestSection, longestTask } from './limits.ts';
import { escaped } from './text.ts';

const cells = 12;

const share = ({ fraction, state }: Progress): number | null =>
  state !== 'running' || fraction === null || Number.isNaN(fraction)
    ? null
    : Math.min(1, Math.max(0, fraction));

const statuses = { waiting: 'pending', running: 'in_progress', done: 'complete', failed: 'error' } as const;

/** Slack's own list of tasks, which says what is done and what is not. */
export function planOf({ title, progress }: Card): Block[] {
  const tasks = progress.map((row, i) => ({
    type: 'task_card' as const,
    task_id: `${i + 1}`,
    title: plainly(wordsOf(row), longestTask) || '…',
    status: statuses[row.state],
  }));
  return [{ type: 'plan', title: plainly(title, longestTask) || '…', tasks }];
}

const wordsOf = (row: Progress): string => {
  const part = share(row);
  return part === null ? row.label : `${row.label} · ${percent(part)}`;
};

const percent = (part: number): string => `${Math.floor(part * 100)} %`;

const signs = { waiting: '◌', running: '◍', done: '✓', failed: '✗' } as const;

/** The same in words, for whoever cannot see a plan. */
export const linesOf = ({ progress }: Card): Block[] => lines(progress.map(lineOf));

function lineOf(row: Progress): string {
  const part = share(row);
  const label = escaped(row.label, longestSection / 10);
  if (part === null) return `${signs[row.state]}  ${label}`;
  const full = Math.round(part * cells);
  return `${'▰'.repeat(full)}${'▱'.repeat(cells - full)}  ${percent(part)}  ${label}`;
}
