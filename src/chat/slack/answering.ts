import { recent } from '../../recent.ts';
import type { Desk } from './desk.ts';

const remembered = 1_000;

/** Slack tells of one thing more than once; who did it hears of it once from each process that is told. */
export function answering(later: Desk['later']): Desk['answer'] {
  const answered = recent<true>(remembered);
  return (id, run) => {
    if (answered.get(id)) return;
    answered.set(id, true);
    later('answer', run);
  };
}
