import { type Job, repeatable } from './job.ts';
import { type IntakeParts, pictureFrom } from './take-in.ts';

/** Brings the logo of a brand kit in, to be kept. */
export const fetchLogo = (parts: IntakeParts): Job<'fetch-logo'> =>
  repeatable(async ({ kit, logo }, context) => {
    const coming = context.kits.find(({ id }) => id === kit)?.coming;
    if (coming?.logo !== logo) return { done: true };
    const { source, place } = coming;
    const taken = await pictureFrom({ source, place, purpose: 'logo', shelf: 'brands' }, context, parts);
    if ('refused' in taken) return { outcome: { type: 'logo.refused', kit, logo, code: taken.refused } };
    return { outcome: { type: 'logo.fetched', kit, logo, ...taken } };
  });
