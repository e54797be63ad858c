import { type Campaign, inUse, runningTake } from '../campaign/campaign.ts';
import { Purpose, type Reference } from '../campaign/reference.ts';
import type { Item } from './card.ts';
import { inWords, whyReferenceRefused } from './wording.ts';

/** The references as a list: what each is used for can be changed, and each can be taken out again. */
export const referencesOf = (campaign: Campaign): Item[] =>
  campaign.references.filter(({ state }) => state !== 'removed').map((one) => itemOf(one, campaign));

const purposes: Record<Purpose, string> = {
  logo: 'Logo',
  product: 'Product',
  style: 'Style',
  subject: 'Subject',
  'first-frame': 'First frame',
  'last-frame': 'Last frame',
};

function itemOf(reference: Reference, campaign: Campaign): Item {
  const { id, purpose } = reference;
  const isOpen = canChange(campaign);
  const isUsed = inUse(campaign).includes(reference);
  return {
    title: purposes[purpose],
    text: stateOf(reference),
    image: imageOf(reference),
    place: null,
    menu:
      isOpen && isUsed
        ? {
            label: 'What it shows',
            does: { type: 'set-purpose', reference: id, purpose },
            fills: 'purpose',
            options: Purpose.options.map((value) => ({ value, label: purposes[value] })),
            chosen: purpose,
          }
        : null,
    buttons: isOpen
      ? [{ label: 'Remove', style: 'plain', does: { type: 'remove-reference', reference: id } }]
      : [],
  };
}

const canChange = (campaign: Campaign): boolean =>
  campaign.phase !== 'cancelled' && campaign.phase !== 'rejected' && !runningTake(campaign);

function stateOf({ name, picture, state, code, notes }: Reference): string {
  if (state === 'refused') return `${name} was not taken: ${whyReferenceRefused(code ?? '')}`;
  if (!picture) return `${name} (fetching …)`;
  const known = notes.map(inWords).filter((note) => note !== null);
  return [`${name}, ${picture.width} × ${picture.height}`, ...known].join('; ');
}

function imageOf({ picture, name, purpose, source }: Reference): Item['image'] {
  if (!picture) return null;
  const { key, sha256, bytes, mime } = picture;
  const theirs = source.kind === 'attachment' ? { attachment: source.attachment } : {};
  return { key, sha256, bytes, mime, title: `${purpose}: ${name}`, ...theirs };
}
