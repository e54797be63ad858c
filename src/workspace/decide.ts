import type { Context } from '../campaign/context.ts';
import type { Policy } from '../campaign/policy.ts';
import { type Refusal, refuse } from '../campaign/refusal.ts';
import type { Workspace, WorkspaceEvent, WorkspaceIntent } from './workspace.ts';

/** What follows from a wish. A cap of a part never exceeds the cap of the whole. */
export function decide(
  workspace: Workspace,
  intent: WorkspaceIntent,
  context: Context,
): WorkspaceEvent[] | Refusal {
  const { now: at } = context;
  const gone = workspace.suspendedAt !== null;
  if (intent.type === 'suspend') return gone ? [] : [{ type: 'workspace.suspended', at }];
  if (intent.type === 'resume') return gone ? [{ type: 'workspace.resumed', at }] : [];
  const before = workspace.policy ?? context.policy;
  const policy = intent.type === 'set-policy' ? intent.policy : withCaps(before, intent.caps);
  if (!isOrdered(policy.caps)) return refuse('caps-unordered');
  return [{ type: 'policy.set', at: context.now, person: context.person, policy }];
}

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
    case 'workspace.suspended':
      return { ...workspace, suspendedAt: event.at };
    case 'workspace.resumed':
      return { ...workspace, suspendedAt: null };
  }
}
