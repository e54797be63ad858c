import type { LogoOutcome } from '../campaign/brand-kit.ts';
import type { Campaign } from '../campaign/campaign.ts';
import type { Context } from '../campaign/context.ts';
import type { Intent } from '../campaign/intent.ts';
import type { Catalogue } from '../campaign/model.ts';
import type { Outcome, OutcomeOf } from '../campaign/outcome.ts';
import type { Policy } from '../campaign/policy.ts';
import { isRefusal, type Refusal } from '../campaign/refusal.ts';
import type { Committed, Head, Journal, Kept } from '../journal/journal.ts';
import type { Queue } from '../queue/queue.ts';
import { brandsOf } from '../workspace/kits.ts';
import type { Notice } from '../workspace/notice.ts';
import type { Workspace, WorkspaceIntent } from '../workspace/workspace.ts';
import { type Aggregate, campaigns, workspaces } from './aggregate.ts';
import { isOf, load, stepOf, streamOf } from './stream.ts';

/** Where the campaign of an intent is: by its conversation, or by its id. */
type Address = { place: string } | { campaign: string };

interface Tell {
  /** The platform's own id of what came in: seen again, it does nothing again and is answered the same. */
  id: string;
  workspace: string;
  person: string;
  at: Address;
  intent: Intent;
  /** What is to be kept in the same commit about the campaign it is told to; a refusal keeps nothing. */
  keeps?: (campaign: string) => readonly Kept[];
}

/** What came of it. `refusal` changes nothing; `campaign` is the one that was spoken to, if any. */
export interface Told {
  campaign: string | null;
  refusal: Refusal | null;
}

/** The one place where deciding and doing meet. */
export interface Engine {
  /** Resolves after the commit. */
  tell(what: Tell): Promise<Told>;
  tellWorkspace(what: {
    id: string;
    workspace: string;
    person: string;
    intent: WorkspaceIntent;
  }): Promise<Refusal | null>;
  /** Tells the admins of a workspace; false where they know already. */
  notify(workspace: string, notice: Notice): Promise<boolean>;
  /**
   * Brings an outcome in and ends its effect in the same transaction; false if its fence was lost. Where the effect is
   * of neither a campaign nor a workspace, nobody waits to hear of its end.
   */
  report(
    effect: { id: string; fence: number; stream: string; workspace: string },
    outcome: Outcome | LogoOutcome,
  ): Promise<boolean>;
  campaign(stream: string): Promise<Campaign>;
  policy(workspace: string): Promise<Policy>;
  /** The same, for who has the workspace already. */
  policyOf(workspace: Workspace): Policy;
  workspace(id: string): Promise<Workspace>;
  board(query: { workspace: string; status?: string; limit: number }): Promise<Head[]>;
}

export interface EngineParts {
  journal: Journal;
  queue: Queue;
  /** As it stands today. */
  catalogue: () => Catalogue;
  clock: () => number;
  newId: () => string;
  /** Holds until a workspace sets its own. */
  usualPolicy: Policy;
}

// Two writers of one campaign are rare and three are a crowd; a hundred in a row is a bug.
const mostConflicts = 100;

export function createEngine(parts: EngineParts): Engine {
  const { journal, queue, catalogue, clock, newId } = parts;

  const tenant = async (workspace: string) =>
    (await load(journal, workspaces, streamOf('workspace', workspace))).state;
  const policyOf = ({ policy }: Workspace): Policy => policy ?? parts.usualPolicy;
  const policy = async (workspace: string): Promise<Policy> => policyOf(await tenant(workspace));

  async function contextFor(workspace: string, person: string): Promise<Context> {
    const found = await tenant(workspace);
    const { suspendedAt } = found;
    return {
      now: clock(),
      id: newId,
      workspace,
      person,
      policy: policyOf(found),
      catalogue: catalogue(),
      brands: brandsOf(found),
      suspended: suspendedAt !== null,
    };
  }

  /** Load, decide, commit; again while somebody was faster or an account was short. */
  async function step<State, Input, Fact extends { type: string }>(
    aggregate: Aggregate<State, Input, Fact>,
    input: Input,
    at: {
      stream: string;
      workspace: string;
      person: string;
      incoming?: string;
      keeps?: readonly Kept[];
      finishes?: { id: string; fence: number };
    },
  ): Promise<{ refusal: Refusal | null; committed: Committed | null }> {
    let context = await contextFor(at.workspace, at.person);
    for (let round = 0; round < mostConflicts; round++) {
      const before = await load(journal, aggregate, at.stream);
      const decided = aggregate.decide(before.state, input, context);
      if (isRefusal(decided)) return { refusal: decided, committed: null };
      if (decided.length === 0 && !at.incoming) return { refusal: null, committed: null };
      const answer: Told = { campaign: before.stream.split(':')[1] ?? null, refusal: null };
      const committed = await journal.commit({
        ...stepOf(aggregate, before, decided, { workspace: at.workspace, times: context.policy.times }),
        ...(at.incoming === undefined ? {} : { incoming: { id: at.incoming, answer } }),
        ...(at.keeps === undefined ? {} : { keeps: at.keeps }),
        ...(at.finishes === undefined ? {} : { finishes: at.finishes }),
      });
      if (committed.kind === 'short') context = { ...context, now: clock(), short: committed };
      else if (committed.kind !== 'conflict') return { refusal: null, committed };
    }
    throw new Error(`no commit on ${at.stream} after ${mostConflicts} conflicts`);
  }

  async function streamFor(what: Tell): Promise<string | null> {
    if (what.intent.type === 'open') return streamOf('campaign', newId());
    if ('campaign' in what.at) return ownStream(what.workspace, streamOf('campaign', what.at.campaign));
    const head = await journal.headAt(what.at.place);
    return head && head.workspace === what.workspace ? head.stream : null;
  }

  /** A campaign of another workspace is as if it were not there. */
  async function ownStream(workspace: string, stream: string): Promise<string | null> {
    const head = await journal.head(stream);
    return head?.workspace === workspace ? stream : null;
  }

  async function tell(what: Tell): Promise<Told> {
    const seen = await journal.seen(what.workspace, what.id);
    if (seen) return seen.answer as Told;
    const { workspace, person } = what;
    const stream = (await streamFor(what)) ?? streamOf('campaign', 'unknown');
    const campaign = stream.split(':')[1] ?? '';
    const at = { stream, workspace, person, incoming: what.id, keeps: what.keeps?.(campaign) ?? [] };
    const { refusal, committed } = await step(campaigns, what.intent, at);
    if (committed?.kind === 'seen') return committed.answer as Told;
    queue.wake(clock());
    const told = { campaign, refusal };
    if (refusal) await journal.answer(workspace, what.id, told);
    return told;
  }

  /** What a job found, brought to whoever ordered it; null where that changes nothing. */
  async function stepBy(
    outcome: Outcome | LogoOutcome,
    at: Parameters<typeof step>[2],
  ): Promise<Committed | null> {
    if (isOf(workspaces.kind, at.stream))
      return isOfWorkspace(outcome) ? (await step(workspaces, outcome, at)).committed : null;
    return isOf(campaigns.kind, at.stream) && !isOfLogo(outcome)
      ? (await step(campaigns, outcome, at)).committed
      : null;
  }

  return {
    tell,
    policy,
    policyOf,
    workspace: tenant,
    async tellWorkspace({ id, workspace, person, intent }) {
      const seen = await journal.seen(workspace, id);
      if (seen) return (seen.answer as Told).refusal;
      const stream = streamOf('workspace', workspace);
      const { refusal } = await step(workspaces, intent, { stream, workspace, person, incoming: id });
      queue.wake(clock());
      return refusal;
    },
    async notify(workspace, notice) {
      const stream = streamOf('workspace', workspace);
      const { committed } = await step(
        workspaces,
        { type: 'notice', notice },
        { stream, workspace, person: '' },
      );
      queue.wake(clock());
      return committed !== null;
    },
    async report(effect, outcome) {
      const { id, fence, stream, workspace } = effect;
      const at = { stream, workspace, person: '', finishes: { id, fence } };
      const committed = await stepBy(outcome, at);
      if (committed === null) return journal.finish({ id, fence, state: 'done' });
      if (committed.kind === 'occupied') return this.report(effect, placeTaken);
      if (committed.kind === 'lost' && isMoney(outcome))
        await stepBy(outcome, { stream, workspace, person: '' });
      queue.wake(clock());
      return committed.kind === 'committed';
    },
    async campaign(stream) {
      return (await load(journal, campaigns, stream)).state;
    },
    board: ({ workspace, status, limit }) =>
      journal.heads({ workspace, kind: campaigns.kind, limit, ...(status ? { status } : {}) }),
  };
}

/** Another campaign lives in that conversation, so this one has none. */
const placeTaken: Outcome = { type: 'gave-up', effect: { type: 'open-place', channel: '' }, sent: true };

const isOfLogo = (outcome: Outcome | LogoOutcome): outcome is LogoOutcome =>
  outcome.type === 'logo.fetched' || outcome.type === 'logo.refused';
const isOfWorkspace = (outcome: Outcome | LogoOutcome): outcome is LogoOutcome | OutcomeOf<'gave-up'> =>
  isOfLogo(outcome) || outcome.type === 'gave-up';

/** Facts about money enter whatever became of the effect that found them. */
const isMoney = (outcome: Outcome | LogoOutcome): boolean =>
  outcome.type === 'take.created' ||
  outcome.type === 'take.succeeded' ||
  outcome.type === 'take.failed' ||
  outcome.type === 'take.canceled';
