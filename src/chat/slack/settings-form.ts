import type { types } from '@slack/bolt';
import type { Policy, PolicyChange } from '../../campaign/policy.ts';
import type { Refusal } from '../../campaign/refusal.ts';
import type { Suggestion } from '../chat.ts';
import * as inputs from './inputs.ts';
import { input, Sent } from './inputs.ts';
import { asError, type Faults, forms, modal, type Naming, type Read } from './modal.ts';
import { spotOf } from './places.ts';

const caps = [
  ['take', 'One take may cost up to ($)'],
  ['campaign', 'One video up to ($)'],
  ['personDay', 'One person a day up to ($)'],
  ['workspaceMonth', 'The whole workspace a month up to ($)'],
] as const;

const micro = 1_000_000;
const yes = 'yes';

/** How the workspace wants things done, as it is now, to be changed. */
export function settingsForm(policy: Policy, groups: readonly Suggestion[]): types.ModalView {
  const { approvers, quorum, selfApproval } = policy;
  const others = approvers.groups.filter((id) => !groups.some(({ value }) => value === id));
  const offered = [...groups, ...others.map((value) => ({ value, label: calledHere(value) }))];
  const teams = inputs.choices(offered, approvers.groups);
  const mine = [
    { value: yes, label: 'Yes, whoever asked may approve it' },
    { value: 'no', label: 'No, somebody else has to' },
  ];
  return modal(forms.settings, { title: 'How it is decided', submit: 'Save', about: {} }, [
    input('people', { label: 'Who approves?', hint: nobodyNamed }, inputs.people(approvers.people)),
    teams && input('groups', { label: 'Or anyone in' }, teams),
    input('quorum', { label: 'Approvals needed', optional: false }, inputs.wholeNumber(quorum)),
    input(
      'selfApproval',
      { label: 'May people approve what they asked for?', optional: false },
      inputs.choice(mine, selfApproval ? yes : 'no') ?? inputs.writing(),
    ),
    input(
      'adminPlace',
      { label: 'Where do I tell admins of trouble?', hint: toldThere },
      inputs.openChannel(channelIn(policy)),
    ),
    ...caps.map(([name, label]) =>
      input(name, { label, optional: false }, inputs.amount(policy.caps[name] / micro)),
    ),
  ]);
}

/** A label is no place for mentions, and ids say nothing to people. */
function calledHere(group: string): string {
  if (!/^[A-Z][A-Z0-9]{6,}$/.test(group)) return group;
  if (group.startsWith('S')) return 'A user group I cannot see';
  return group.startsWith('D') ? 'A direct message' : 'Anyone in a channel that was named';
}

/** The channel where admins are told things, where it is one of Slack's. */
function channelIn({ adminPlace }: Policy): string | null {
  return adminPlace?.startsWith('slack:') ? spotOf(adminPlace).channel : null;
}

const toldThere =
  'Keys that fail, models that end, films that may be lost. I have to be in that channel: /invite me.';
const nobodyNamed = 'Left empty, whoever manages this workspace decides.';

export function readSettings(
  view: unknown,
  { place }: Pick<Naming, 'place'>,
): Read<{ change: PolicyChange }> {
  const sent = Sent.parse(view);
  const amounts = caps.map(
    ([name]) => [name, Math.round(Number(inputs.saidIn(sent, name)) * micro)] as const,
  );
  const wrong = amounts.filter(([, micros]) => !Number.isSafeInteger(micros) || micros < 0);
  if (wrong.length > 0) return { faults: Object.fromEntries(wrong.map(([name]) => [name, noAmount])) };
  const quorum = Number(inputs.saidIn(sent, 'quorum'));
  if (!Number.isSafeInteger(quorum) || quorum < 1) return { faults: { quorum: 'At least one.' } };
  const people = inputs.filled(sent, 'people').selected_users ?? [];
  const groups = (inputs.filled(sent, 'groups').selected_options ?? []).map(({ value }) => value);
  const selfApproval = inputs.saidIn(sent, 'selfApproval') === yes;
  const channel = inputs.saidIn(sent, 'adminPlace');
  const adminPlace = channel ? place(channel) : null;
  const approvers = { people, groups };
  return { change: { approvers, quorum, selfApproval, adminPlace, caps: Object.fromEntries(amounts) } };
}

const noAmount = 'An amount in dollars, for example 12.50.';

export const faultOfSettings = ({ refusal, sentence }: Refusal): Faults => ({
  [refusal.startsWith('caps') ? 'take' : 'people']: asError(sentence),
});
