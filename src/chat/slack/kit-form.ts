import type { types } from '@slack/bolt';
import { z } from 'zod';
import { videoBrand } from '../../../commands/video-brand.ts';
import type { BrandKit, KitIntentOf } from '../../campaign/brand-kit.ts';
import type { Refusal } from '../../campaign/refusal.ts';
import * as inputs from './inputs.ts';
import { input, Sent } from './inputs.ts';
import { asError, type Faults, forms, modal, type Naming } from './modal.ts';

const labels = {
  name: 'Name of the brand',
  logo: 'Logo',
  without: 'Without the logo',
  colours: 'Colours',
  voice: 'Voice',
  never: 'Never to be shown',
  usual: 'Is it the usual one?',
} as const;
type Field = keyof typeof labels;

const yes = 'yes';
const answers = [
  { value: yes, label: 'Yes, for every video that names no other' },
  { value: 'no', label: 'No, only where somebody asks for it' },
];

/** A brand kit to be filled in; null: a new one. */
export function kitForm(kit: BrandKit | null, isUsual: boolean): types.ModalView {
  const bans = (kit?.bans ?? []).map(({ words }) => words).join('\n');
  const title = kit ? 'Brand kit' : 'New brand kit';
  const hint = (name: Field) => videoBrand.options.find((option) => option.name === name)?.summary ?? '';
  const asked = (name: Field, element: types.InputBlock['element'], also = '') =>
    input(name, { label: labels[name], hint: `${hint(name)}${also}`, optional: true }, element);
  return modal(forms.kit, { title, submit: 'Save', about: { kit: kit?.id ?? null } }, [
    input('name', { label: labels.name, optional: false }, inputs.line(kit?.name)),
    asked('logo', inputs.filesOf('logo'), kit?.logo ? `. Left empty, ${kit.logo.name} stays` : ''),
    ...(kit?.logo
      ? [asked('without', inputs.tick('Take it out; films after this are made without it'))]
      : []),
    asked('colours', inputs.line(kit?.colours.join(', '))),
    asked('voice', inputs.writing(kit?.voice?.words)),
    asked('never', inputs.writing(bans), ' or each on its own line'),
    input(
      'usual',
      { label: labels.usual, optional: false },
      inputs.choice(answers, isUsual ? yes : 'no') ?? inputs.line(),
    ),
  ]);
}

const About = z.object({ kit: z.string().nullable() });

/** The kit that was sent. `person` hears what becomes of its logo. */
export function readKit(
  view: unknown,
  { attachment, place }: Naming,
  person: string,
): KitIntentOf<'keep-kit'> {
  const sent = Sent.parse(view);
  const { kit } = About.parse(JSON.parse(sent.private_metadata));
  const said = (name: Field) => inputs.saidIn(sent, name);
  const [file] = inputs.filled(sent, 'logo').files ?? [];
  return {
    ...{ type: 'keep-kit', kit, fresh: kit === null, place: place(person) },
    name: said('name'),
    colours: said('colours').split(/[\s,;]+/),
    voice: said('voice'),
    bans: said('never').split(/[;\n]/),
    usual: said('usual') === yes,
    ...(inputs.isTicked(sent, 'without') && { logo: null }),
    ...(file && {
      logo: {
        name: file.name || 'logo',
        purpose: 'logo',
        source: { kind: 'attachment', attachment: attachment(file.id) },
      },
    }),
  };
}

const spots: readonly [beginning: string, field: Field][] = [
  ['kit-colour', 'colours'],
  ['kit-voice', 'voice'],
  ['kit-bans', 'never'],
];

export const faultOfKit = ({ refusal, sentence }: Refusal): Faults => ({
  [spots.find(([beginning]) => refusal.startsWith(beginning))?.[1] ?? 'name']: asError(sentence),
});
