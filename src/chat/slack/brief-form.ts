import type { types } from '@slack/bolt';
import { z } from 'zod';
import { video } from '../../../commands/video.ts';
import { type Brands, noBrands } from '../../campaign/brand-kit.ts';
import type { IntentOf } from '../../campaign/intent.ts';
import type { OptionName } from '../../campaign/option-names.ts';
import { type Offer, purposeOf } from '../../campaign/reference.ts';
import { refuse } from '../../campaign/refusal.ts';
import type { Doors, Suggestion } from '../chat.ts';
import * as inputs from './inputs.ts';
import { input, Sent } from './inputs.ts';
import { faultsOf, forms, modal, type Naming, type Read } from './modal.ts';

const labels: readonly [OptionName, string][] = [
  ['prompt', 'What should the video show?'],
  ['brand', 'Brand kit'],
  ['logo', 'Logo'],
  ['reference', 'References'],
  ['template', 'Template'],
  ['platform', 'Platform'],
  ['duration', 'Length in seconds'],
  ['aspect', 'Shape'],
  ['model', 'Model'],
  ['note', 'How should it be worded?'],
];

export const isInForm = (option: string): boolean => labels.some(([name]) => name === option);

/**
 * The brief as a form: what `/video` takes, without having to know how it is typed. `channel` null: it is asked for;
 * `url`: where the command that opened it is answered.
 */
export function briefForm({
  channel,
  url = null,
  groups,
  suggest,
  brands = noBrands,
  words = '',
}: {
  channel: string | null;
  url?: string | null;
  groups: readonly Suggestion[];
  suggest: Doors['suggest'];
  brands?: Brands;
  words?: string;
}): types.ModalView {
  const teams = inputs.choices(groups);
  return modal(forms.brief, { title: 'New video', submit: 'Start', about: { channel, url } }, [
    ...labels.map(([name, label]) =>
      name === 'brand' ? kitInput(label, brands) : inputOf(name, label, suggest, words),
    ),
    channel === null ? input('where', { label: 'Where', optional: false }, inputs.channel) : null,
    input('approvers', { label: 'Who approves it?', hint: nobodyNamed }, inputs.people()),
    teams && input('groups', { label: 'Or anyone in' }, teams),
  ]);
}

const nobodyNamed = 'Left empty, whoever manages this workspace decides, or those the settings name.';

const example = video.example.slice(video.name.length + 2);

/** Only where there are any: the usual one stands there, and none can be wanted too. */
function kitInput(label: string, { kits, usual }: Brands) {
  const none = { value: 'none', label: 'No brand kit' };
  const offers = [...kits.map(({ name }) => ({ value: name, label: name })), none];
  const chosen = kits.find(({ id }) => id === usual)?.name;
  const element = kits.length > 0 ? inputs.choice(offers, chosen) : null;
  return element && input('brand', { label }, element);
}

function inputOf(name: OptionName, label: string, suggest: Doors['suggest'], words: string) {
  const option = video.options.find((one) => one.name === name);
  if (!option) return null;
  const isBrief = name === 'prompt';
  const offers = option.choices ? suggest(option.choices, '') : null;
  const element = isBrief ? inputs.writing(words, example) : inputs.elementFor(option, offers);
  const hint = isBrief ? {} : { hint: option.summary };
  return element && input(name, { label, ...hint, optional: !isBrief }, element);
}

const Where = z.object({ channel: z.string().nullable() });

/** The brief that was sent, read as if it had been typed. */
export function readBrief(
  view: unknown,
  naming: Naming,
): Read<{ intent: IntentOf<'open'>; channel: string }> {
  const sent = Sent.parse(view);
  const channel = Where.parse(JSON.parse(sent.private_metadata)).channel ?? inputs.saidIn(sent, 'where');
  const options = Object.fromEntries(
    labels.map(([name]) => [name, inputs.saidIn(sent, name)]).filter(([, value]) => value),
  );
  const meant = video.read({
    text: '',
    options,
    files: offersIn(sent, naming),
    place: naming.place(channel),
  });
  if ('refuse' in meant) return { faults: faultsOf(meant.refuse, inputs.namesIn(sent)) };
  if (!('tell' in meant) || meant.tell.type !== 'open')
    return { faults: faultsOf([refuse('brief-empty')], []) };
  const people = inputs.filled(sent, 'approvers').selected_users ?? [];
  const groups = (inputs.filled(sent, 'groups').selected_options ?? []).map(({ value }) => value);
  const named = people.length + groups.length > 0 && { approvers: { people, groups } };
  return { intent: { ...meant.tell, ...named }, channel };
}

/** Who uploads to "References" does not mean the logo, even if it is the first picture of all. */
function offersIn(sent: z.infer<typeof Sent>, { attachment }: Naming): Offer[] {
  const files = (name: string) => inputs.filled(sent, name).files ?? [];
  const offer = (file: { id: string; name?: string | null | undefined }): Offer => ({
    name: file.name || 'picture',
    purpose: null,
    source: { kind: 'attachment', attachment: attachment(file.id) },
  });
  const references = files('reference').map(offer);
  return [
    ...files('logo').map((file): Offer => ({ ...offer(file), purpose: 'logo' })),
    ...references.map((one) => ({ ...one, purpose: purposeOf(one, false) })),
  ];
}
