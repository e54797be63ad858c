import { type Job, repeatable } from './job.ts';
import { type IntakeParts, pictureFrom } from './take-in.ts';

/** Brings a reference in, for as long as references are kept. */
export const fetchReference = (parts: IntakeParts): Job<'fetch-reference'> =>
  repeatable(async ({ reference }, context) => {
    const { references, channel: place } = context.campaign;
    const wanted = references.find((r) => r.id === reference && r.state === 'fetching');
    if (!wanted || wanted.source.kind === 'kit') return { done: true };
    const { source } = wanted;
    const purpose = wanted.purpose === 'logo' ? 'logo' : 'reference';
    const taken = await pictureFrom({ source, place, purpose, shelf: 'references' }, context, parts);
    if ('refused' in taken) return { outcome: { type: 'reference.refused', reference, code: taken.refused } };
    return { outcome: { type: 'reference.fetched', reference, ...taken } };
  });
