import type { StillSettings } from '../campaign/brief.ts';
import {
  type Campaign,
  isDecided,
  lastRevision,
  pickedStill,
  promptIn,
  runningTake,
} from '../campaign/campaign.ts';
import { titleOf } from '../campaign/head.ts';
import { type Catalogue, findModel } from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import { offerFor, type TakeOffer } from '../campaign/offer.ts';
import { usualPolicy } from '../campaign/policy.ts';
import { isRefusal } from '../campaign/refusal.ts';
import { stillOfferFor, stillsWanted } from '../campaign/still-offer.ts';
import { shorten } from '../campaign/words.ts';
import { type Button, type Card, card } from './card.ts';
import { kitItem } from './compose-kits.ts';
import { referencesOf } from './compose-references.ts';
import { aboutPrice, readyIn } from './estimate.ts';
import { sampleNote } from './samples.ts';
import type { View } from './view.ts';
import { picturesLeft } from './wording.ts';

type Offer = TakeOffer | null;

/** The brief: the person's words beside the prompt they became, what it will cost, and what can be done. */
export function composeBrief(view: View, catalogue: Catalogue): Card {
  const { campaign, kits = [] } = view;
  const offered = offerFor(campaign, catalogue);
  const offer = isRefusal(offered) ? null : offered;
  return card({
    title: `${titleOf(campaign)}${campaign.phase === 'cancelled' ? ' (cancelled)' : ''}`,
    columns: columnsOf(campaign),
    text: [...textOf(campaign), ...decided(campaign), ...pictureNotes(offer)],
    fields: fieldsOf(campaign, offer, catalogue),
    items: [...kitItem(campaign, kits), ...referencesOf(campaign)],
    buttons: buttonsOf(campaign, offer, stillsIn(view, catalogue)),
    footer: offer ? sampleNote(offer.model) : '',
  });
}

/** What was asked for, beside what the model is told. */
function columnsOf(campaign: Campaign): Card['columns'] {
  const { words } = campaign.brief;
  const revision = lastRevision(campaign);
  const then = revision?.note.words ? `Then: ${shorten(revision.note.words, 300)}` : '';
  const asked = [shorten(words, 600), then].filter(Boolean).join('\n');
  const wording = revision?.by === 'person' ? 'Prompt, in your words' : `Prompt, revision ${revision?.n}`;
  return [
    ...(asked ? [{ name: 'You asked', text: asked }] : []),
    ...(revision ? [{ name: wording, text: revision.motion.words }] : []),
  ];
}

function textOf(campaign: Campaign): string[] {
  const { refining } = campaign;
  const revision = lastRevision(campaign);
  if (!revision) return campaign.phase === 'cancelled' ? [] : [waitingFor(campaign)];
  return [
    ...(revision.rationale ? [revision.rationale] : []),
    ...(revision.unrefined ? ['The prompt could not be worded just now, so your words go as they are.'] : []),
    ...(refining ? ['Working on the next wording …'] : []),
  ];
}

/** What a press on Generate puts aside is said beside it. */
const decided = (campaign: Campaign): string[] =>
  isDecided(campaign) && campaign.review
    ? [`Cut ${campaign.review.cut} is ${campaign.phase}. Another take would be decided on anew.`]
    : [];

const waitingFor = (campaign: Campaign): string =>
  campaign.references.some((r) => r.state === 'fetching')
    ? 'Looking at your pictures …'
    : 'Wording the prompt …';

function fieldsOf(campaign: Campaign, offer: Offer, catalogue: Catalogue): Card['fields'] {
  const { settings, brief } = campaign;
  const price = offer ? `${aboutPrice(offer)}, ${readyIn(offer.wait)}` : '?';
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
    ...stillsAsked(settings.still, catalogue),
    ...listed('Must', brief.musts),
    ...listed('Never', brief.mustNots),
    ...named('Approvers', namedIn(campaign)),
  ];
}

/** Only where somebody asked for something. */
function stillsAsked({ model, quality, style, count }: StillSettings, catalogue: Catalogue): Card['fields'] {
  const by = model && `by ${findModel(catalogue, model)?.name ?? model}`;
  const said = [count, by, quality, style].filter((each) => each !== null);
  return said.length > 0 ? [{ name: 'Stills', value: said.join(', ') }] : [];
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

const named = (name: string, value: string | null | undefined) => (value ? [{ name, value }] : []);

/** How many, not who: they are called when there is something to decide. */
function namedIn({ approvers }: Campaign): string {
  const { people, groups } = approvers ?? { people: [], groups: [] };
  const count = (n: number, one: string, many: string) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]);
  return [...count(people.length, 'person', 'people'), ...count(groups.length, 'group', 'groups')].join(', ');
}

const listed = (name: string, wishes: readonly { words: string }[]) =>
  wishes.length === 0 ? [] : [{ name, value: wishes.map((w) => shorten(w.words, 120)).join('; ') }];

/** What stills for it would cost together; '' where nobody makes any. */
function stillsIn({ campaign, policy = usualPolicy }: View, catalogue: Catalogue): string {
  const still = stillOfferFor(campaign, catalogue);
  return still ? ` (${inDollars(still.price * stillsWanted(campaign, policy))})` : '';
}

function buttonsOf(campaign: Campaign, offer: Offer, stills: string): Button[] {
  if (campaign.phase === 'cancelled') return [];
  const end: Button = { label: 'Cancel', style: 'danger', does: { type: 'cancel' } };
  const cancel = isDecided(campaign) ? [] : [end];
  if (runningTake(campaign)) return cancel;
  const revision = lastRevision(campaign);
  if (!revision || campaign.refining) return cancel;
  return [...making(campaign, offer, stills), ...wording(campaign), ...cancel];
}

function making(campaign: Campaign, offer: Offer, forStills: string): Button[] {
  const price = offer ? ` (${inDollars(offer.price)})` : '';
  const take = campaign.takes.length + 1;
  const label = take === 1 ? `Generate${price}` : `Generate take ${take}${price}`;
  const stills = pickedStill(campaign) ? 'Other stills' : 'Stills first';
  return [
    { label, style: 'primary', does: { type: 'generate' } },
    { label: `${stills}${forStills}`, style: 'plain', does: { type: 'make-stills' } },
  ];
}

function wording(campaign: Campaign): Button[] {
  const { settings, brief } = campaign;
  const edit: Button = {
    label: 'Edit prompt',
    style: 'plain',
    does: { type: 'edit-prompt', words: '' },
    asks: {
      title: 'Edit the prompt',
      label: 'The prompt, exactly as the model shall get it',
      value: promptIn(campaign),
    },
  };
  const mine: Button = { label: 'Use my words', style: 'plain', does: { type: 'use-my-words' } };
  return settings.verbatim || !brief.words ? [edit] : [edit, mine];
}
