import { type Campaign, inUse, lastRevision, pickedStill, runningTake } from '../campaign/campaign.ts';
import { titleOf } from '../campaign/head.ts';
import type { Catalogue } from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import { offerFor, type TakeOffer } from '../campaign/offer.ts';
import type { Reference } from '../campaign/reference.ts';
import { isRefusal } from '../campaign/refusal.ts';
import { shorten } from '../campaign/words.ts';
import { type Button, type Card, card } from './card.ts';
import { sampleNote } from './samples.ts';
import { inWords, picturesLeft, whyReferenceRefused } from './wording.ts';

type Offer = TakeOffer | null;

/** The brief: the person's words beside the prompt they became, what it will cost, and what can be done. */
export function composeBrief(campaign: Campaign, catalogue: Catalogue): Card {
  const offered = offerFor(campaign, catalogue);
  const offer = isRefusal(offered) ? null : offered;
  return card({
    title: `${titleOf(campaign)}${campaign.phase === 'cancelled' ? ' (cancelled)' : ''}`,
    text: [...textOf(campaign), ...pictureNotes(offer)],
    fields: fieldsOf(campaign, offer),
    images: inUse(campaign).flatMap(imageOf),
    buttons: buttonsOf(campaign, offer),
    footer: offer ? sampleNote(offer.model) : '',
  });
}

function textOf(campaign: Campaign): string[] {
  const { brief, refining } = campaign;
  const revision = lastRevision(campaign);
  const asked = brief.words ? [`You asked: “${shorten(brief.words, 600)}”`] : [];
  if (!revision) return [...asked, waitingFor(campaign)];
  const wording =
    revision.by === 'person' ? 'Your words go to the model as they are' : `Prompt, revision ${revision.n}`;
  return [
    ...asked,
    ...(revision.note.words ? [`Then: “${shorten(revision.note.words, 300)}”`] : []),
    `${wording}: ${revision.motion.words}`,
    ...(revision.rationale ? [revision.rationale] : []),
    ...(revision.unrefined ? ['The prompt could not be worded just now, so your words go as they are.'] : []),
    ...(refining ? ['Working on the next wording …'] : []),
  ];
}

const waitingFor = (campaign: Campaign): string =>
  campaign.references.some((r) => r.state === 'fetching')
    ? 'Looking at your pictures …'
    : 'Wording the prompt …';

function fieldsOf(campaign: Campaign, offer: Offer): Card['fields'] {
  const { settings, brief } = campaign;
  const price = offer ? estimate(offer) : '?';
  return [
    ...named('Name', brief.product),
    ...named('Tagline', brief.tagline),
    ...named('Template', brief.template),
    { name: 'Model', value: offer?.model.name ?? settings.model },
    {
      name: 'Clip',
      value: `${settings.seconds} s, ${settings.aspect}${brief.platform ? `, ${brief.platform}` : ''}`,
    },
    { name: 'Price', value: price },
    ...listed('Must', brief.musts),
    ...listed('Never', brief.mustNots),
    ...campaign.references.filter((r) => r.state !== 'removed').map(referenceField),
  ];
}

/** Said before anything is bought; the thread says it again with what was done. */
function pictureNotes(offer: Offer): string[] {
  if (!offer) return [];
  const { model, first, left, references } = offer;
  if (!left) return first ? [`${model.name} starts from a picture, so a still is made first.`] : [];
  return [
    picturesLeft({
      model: model.name,
      along: references.length,
      first: first?.references.length ?? 0,
      behind: left.references,
      last: left.last,
      instead: left.instead?.name ?? null,
    }),
  ];
}

/** "about $1.20, 90 s"; where a still comes first, what each costs. */
function estimate({ price, wait, first }: TakeOffer): string {
  const both = first ? ` (still ${inDollars(first.price)}, film ${inDollars(price - first.price)})` : '';
  return `about ${inDollars(price)}${both}, ${Math.round(wait)} s`;
}

const named = (name: string, value: string | null) => (value ? [{ name, value }] : []);

const listed = (name: string, wishes: readonly { words: string }[]) =>
  wishes.length === 0 ? [] : [{ name, value: wishes.map((w) => shorten(w.words, 120)).join('; ') }];

function referenceField(reference: Reference): { name: string; value: string } {
  const name = reference.purpose === 'logo' ? 'Logo' : 'Reference';
  const { picture, state } = reference;
  if (state === 'refused')
    return { name, value: `${reference.name} was not taken: ${whyReferenceRefused(reference.code ?? '')}` };
  if (!picture) return { name, value: `${reference.name} (fetching …)` };
  const notes = reference.notes.map(inWords).filter((note) => note !== null);
  return { name, value: [`${reference.name}, ${picture.width} × ${picture.height}`, ...notes].join('; ') };
}

function imageOf({ picture, name, purpose }: Reference): Card['images'] {
  if (!picture) return [];
  const { key, sha256, bytes, mime } = picture;
  return [{ key, sha256, bytes, mime, title: `${purpose}: ${name}` }];
}

function buttonsOf(campaign: Campaign, offer: Offer): Button[] {
  if (campaign.phase === 'cancelled') return [];
  const cancel: Button = { label: 'Cancel', style: 'danger', does: { type: 'cancel' } };
  if (runningTake(campaign)) return [cancel];
  const revision = lastRevision(campaign);
  if (!revision || campaign.refining) return [cancel];
  return [...making(campaign, offer), ...wording(campaign), cancel];
}

function making(campaign: Campaign, offer: Offer): Button[] {
  const price = offer ? ` (${inDollars(offer.price)})` : '';
  const take = campaign.takes.length + 1;
  const label = take === 1 ? `Generate${price}` : `Generate take ${take}${price}`;
  const stills = pickedStill(campaign) ? 'Other stills' : 'Stills first';
  return [
    { label, style: 'primary', does: { type: 'generate' } },
    { label: stills, style: 'plain', does: { type: 'make-stills' } },
  ];
}

function wording({ settings, brief }: Campaign): Button[] {
  const edit: Button = {
    label: 'Edit prompt',
    style: 'plain',
    does: { type: 'edit-prompt', words: '' },
    asks: { title: 'Edit the prompt', label: 'The prompt, exactly as the model shall get it' },
  };
  const mine: Button = { label: 'Use my words', style: 'plain', does: { type: 'use-my-words' } };
  return settings.verbatim || !brief.words ? [edit] : [edit, mine];
}
