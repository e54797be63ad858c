import type { Same, Why } from '../campaign/substitution.ts';
import { dayInWords } from './day.ts';

/** "Sora 2 Pro was retired on 24 Sep 2026; using Seedance 2.5: same references, 9:16, 8 s." */
export const inPlace = (asked: string, why: Why, model: string, same: Same): string =>
  `${asked} ${because(why, same)}; using ${model}: ${stays(same)}.`;

function because(why: Why, { seconds, aspect, references }: Same): string {
  switch (why.kind) {
    case 'retired':
      return why.on === null ? 'was retired' : `was retired on ${dayInWords(why.on)}`;
    case 'gone':
      return `is not at its provider any more, as of ${dayInWords(why.since)}`;
    case 'changed':
      return `has changed at its provider on ${dayInWords(why.since)} and is not used for now`;
    case 'no-film':
      return 'makes no film';
    case 'seconds':
      return `makes no clip of ${seconds} s`;
    case 'aspect':
      return `does not make ${aspect}`;
    case 'still':
      return 'cannot start from a still';
    case 'only-still':
      return 'starts from a still only, and none is picked';
    case 'references':
      return `cannot take ${references === 1 ? 'the reference' : 'all the references'}`;
    case 'other':
      return 'cannot make this';
  }
}

/** What stays the same with another model. */
export function stays({ seconds, aspect, still, references }: Same): string {
  const pictures = references === 0 ? [] : [references === 1 ? 'reference' : 'references'];
  return `same ${[...(still ? ['still'] : []), ...pictures, aspect, `${seconds} s`].join(', ')}`;
}
