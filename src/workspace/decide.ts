import type { Context } from '../campaign/context.ts';
import type { Effect } from '../campaign/effect.ts';
import type { Policy, PolicyChange } from '../campaign/policy.ts';
import { type Refusal, refuse } from '../campaign/refusal.ts';
import { dropKit, heardOfLogo, keepKit } from './decide-kits.ts';
import { evolveKits } from './evolve-kits.ts';
import { keyOf, type Notice } from './notice.ts';
import type { Workspace, WorkspaceEvent, WorkspaceIntent, WorkspaceOutcome } from './workspace.ts';

/** What follows from a wish. A cap of a part never exceeds the cap of the whole. */
export function decide(
  workspace: Workspace,
  input: WorkspaceIntent | WorkspaceOutcome,
  context: Context,
): WorkspaceEvent[] | Refusal {
  const { now: at } = context;
  const gone = workspace.suspendedAt !== null;
  if (input.type === 'notice') return gone ? [] : raise(workspace, input.notice, context);
  if (input.type === 'keep-kit')
    return gone ? refuse('workspace-suspended') : keepKit(workspace, input, context);
  if (input.type === 'drop-kit') return dropKit(workspace, input, context);
  if (input.type === 'logo.fetched' || input.type === 'logo.refused' || input.type === 'gave-up')
    return heardOfLogo(workspace, input, context);
  if (input.type === 'forget') return [{ type: 'forgetting.asked', at, person: input.person }];
  if (input.type === 'suspend') return gone ? [] : [{ type: 'workspace.suspended', at }];
  if (input.type === 'resume') return gone ? [{ type: 'workspace.resumed', at }] : [];
  const policy = policyAfter(workspace.policy ?? context.policy, input);
  if (!isOrdered(policy.caps)) return refuse('caps-unordered');
  if (!canDecide(policy)) return refuse('approvers-too-few', { needed: policy.quorum, self: true });
  return [{ type: 'policy.set', at, person: context.person, policy }];
}

/** Said once; what could be said nowhere so far is said as soon as there is a place. */
function raise(workspace: Workspace, notice: Notice, { now: at, policy }: Context): WorkspaceEvent[] {
  const key = keyOf(notice);
  const { adminPlace: place } = policy;
  const known = workspace.notices.find((each) => each.key === key);
  const isNews = !known || (known.place === null && place !== null);
  return isNews ? [{ type: 'notice.raised', at, key, place, notice }] : [];
}

type Change = Extract<WorkspaceIntent, { type: `${'set' | 'change'}-${string}` }>;

function policyAfter(before: Policy, change: Change): Policy {
  switch (change.type) {
    case 'set-policy':
      return change.policy;
    case 'change-policy':
      return withChange(before, change.change);
    case 'set-caps':
      return withCaps(before, change.caps);
    case 'set-ask-above':
      return { ...before, askAbove: change.micros };
    case 'set-admin-place':
      return { ...before, adminPlace: change.place };
  }
}

const withChange = (
  before: Policy,
  { approvers, quorum, selfApproval, adminPlace, caps = {} }: PolicyChange,
): Policy => ({
  ...withCaps(before, caps),
  approvers: approvers ?? before.approvers,
  quorum: quorum ?? before.quorum,
  selfApproval: selfApproval ?? before.selfApproval,
  adminPlace: adminPlace === undefined ? before.adminPlace : adminPlace,
});

/** Of a group, and of whoever manages a place, nobody here knows how many they are. */
const canDecide = ({ approvers: { people, groups }, quorum }: Policy): boolean =>
  people.length === 0 || groups.length > 0 || new Set(people).size >= quorum;

const withCaps = (policy: Policy, caps: { [K in keyof Policy['caps']]?: number | undefined }): Policy => ({
  ...policy,
  caps: {
    take: caps.take ?? policy.caps.take,
    campaign: caps.campaign ?? policy.caps.campaign,
    personDay: caps.personDay ?? policy.caps.personDay,
    workspaceMonth: caps.workspaceMonth ?? policy.caps.workspaceMonth,
  },
});

const isOrdered = (caps: Policy['caps']): boolean =>
  caps.take <= caps.campaign && caps.campaign <= caps.workspaceMonth && caps.personDay <= caps.workspaceMonth;

export function evolve(workspace: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.type) {
    case 'policy.set':
      return { ...workspace, policy: event.policy, setBy: event.person };
    case 'forgetting.asked':
      return workspace;
    case 'workspace.suspended':
      return { ...workspace, suspendedAt: event.at };
    case 'workspace.resumed':
      return { ...workspace, suspendedAt: null };
    case 'notice.raised': {
      const { key, place, notice } = event;
      const others = workspace.notices.filter(
        (each) => each.key !== key && !isOvertaken(each.notice, notice),
      );
      return { ...workspace, notices: [...others, { key, place, notice }] };
    }
    default:
      return evolveKits(workspace, event);
  }
}

/** Of each kit's logo only the newest is told. */
const isOvertaken = (old: Notice, notice: Notice): boolean =>
  old.about === 'logo' && notice.about === 'logo' && old.kit === notice.kit;

/** So long a workspace that is gone can change its mind; then what was written in it is forgotten. */
const retention = 30 * 86_400_000;

/** What follows from a fact: the card of a notice, where there is a place for it; what is to be forgotten is. */
export function react(_: Workspace, event: WorkspaceEvent): Effect[] {
  if (event.type === 'forgetting.asked')
    return [{ type: 'forget-words', person: event.person, after: 0, gone: null }];
  if (event.type === 'workspace.suspended')
    return [{ type: 'forget-words', person: null, after: retention, gone: event.at }];
  if (event.type === 'logo.offered') return [{ type: 'fetch-logo', kit: event.kit, logo: event.logo }];
  return event.type === 'notice.raised' && event.place !== null
    ? [{ type: 'sync-card', place: event.place, key: event.key }]
    : [];
}
