import type { Campaign } from '../campaign/campaign.ts';
import { unopened } from '../campaign/campaign.ts';
import type { Context } from '../campaign/context.ts';
import { decide } from '../campaign/decide.ts';
import type { Effect } from '../campaign/effect.ts';
import type { Event } from '../campaign/event.ts';
import { evolve } from '../campaign/evolve.ts';
import { postingsOf, statusOf, titleOf } from '../campaign/head.ts';
import type { Intent } from '../campaign/intent.ts';
import type { Posting } from '../campaign/money.ts';
import type { Outcome } from '../campaign/outcome.ts';
import type { Times } from '../campaign/policy.ts';
import { react } from '../campaign/react.ts';
import { eventVersion, readEvent } from '../campaign/read-event.ts';
import type { Refusal } from '../campaign/refusal.ts';
import type { Decision, Head } from '../journal/journal.ts';
import * as deciding from '../workspace/decide.ts';
import {
  readWorkspaceEvent,
  unsetWorkspace,
  type Workspace,
  type WorkspaceEvent,
  type WorkspaceIntent,
  type WorkspaceOutcome,
} from '../workspace/workspace.ts';

/** Something with a history of its own, decided purely. The engine treats all of them alike. */
export interface Aggregate<State, Input, Fact extends { type: string }> {
  kind: string;
  /** Version its events are written in, and its snapshots: a head with another one is refolded. */
  version: number;
  start(id: string): State;
  read(type: string, v: number, body: unknown): Fact;
  decide(state: State, input: Input, context: Context): Fact[] | Refusal;
  evolve(state: State, event: Fact): State;
  react(state: State, event: Fact, times: Times): Effect[];
  postings(event: Fact): Posting[];
  decisions(event: Fact): Decision[];
  head(state: State): Pick<Head, 'place' | 'status' | 'title' | 'person'>;
}

export const campaigns: Aggregate<Campaign, Intent | Outcome, Event> = {
  kind: 'campaign',
  version: eventVersion,
  start: unopened,
  read: readEvent,
  decide,
  evolve,
  react,
  postings: postingsOf,
  decisions(event) {
    if (event.type !== 'verdict.given') return [];
    const { cut, sha256, verdict, person, role, words } = event;
    return [{ take: cut, sha256, verdict, person, role, words }];
  },
  head: (campaign) => ({
    place: campaign.place,
    status: statusOf(campaign),
    title: titleOf(campaign),
    person: campaign.requester,
  }),
};

export const workspaces: Aggregate<Workspace, WorkspaceIntent | WorkspaceOutcome, WorkspaceEvent> = {
  kind: 'workspace',
  version: 5,
  start: unsetWorkspace,
  read: readWorkspaceEvent,
  decide: deciding.decide,
  evolve: deciding.evolve,
  react: deciding.react,
  postings: () => [],
  decisions: () => [],
  head: ({ id, setBy, suspendedAt }) => ({
    place: null,
    status: suspendedAt === null ? 'set' : 'suspended',
    title: id,
    person: setBy ?? '',
  }),
};
