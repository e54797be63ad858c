import { dayAccount, monthAccount } from '../campaign/accounts.ts';
import type { Campaign } from '../campaign/campaign.ts';
import type { Catalogue } from '../campaign/model.ts';
import { allNamed } from '../campaign/policy.ts';
import { refuse } from '../campaign/refusal.ts';
import { namedFor } from '../campaign/spending.ts';
import type { BoardRow } from '../chat/boards.ts';
import type { Doors } from '../chat/chat.ts';
import { composeHome } from '../chat/compose-home.ts';
import { kitLines } from '../chat/compose-kits.ts';
import type { Engine } from '../engine/engine.ts';
import type { Head, Journal } from '../journal/journal.ts';
import { brandsOf } from '../workspace/kits.ts';

interface Parts {
  engine: Engine;
  journal: Journal;
  catalogue: () => Catalogue;
  clock: () => number;
}

const mine = 10;
const mostInReview = 50;

/** The doors of somebody's own page: what is theirs, how the workspace wants things done, and being forgotten. */
export function homeDoors({
  engine,
  journal,
  catalogue,
  clock,
}: Parts): Pick<Doors, 'home' | 'manage' | 'forget' | 'allowance'> {
  const by = (workspace: string, person: string, limit: number) =>
    journal.headsBy({ workspace, kind: 'campaign', person, limit });
  return {
    async home({ workspace, person, who }) {
      const tenant = await engine.workspace(workspace);
      const policy = engine.policyOf(tenant);
      const { kits, usual } = brandsOf(tenant);
      const [inReview, own, month] = await Promise.all([
        engine.board({ workspace, status: 'needsReview', limit: mostInReview }),
        by(workspace, person, mine),
        journal.account(monthAccount(workspace, clock(), policy.timeZone)),
      ]);
      const waiting = inReview.map(rowIn);
      const known = await who(allNamed(waiting.map(({ campaign }) => namedFor(campaign, policy))));
      const view = { person, who: known, policy, inReview: waiting, mine: own.map(rowIn), month };
      return { cards: composeHome(view, catalogue()), kits: kitLines(kits, usual), policy, who: known };
    },
    async manage({ id, workspace, person, who, change }) {
      if (!who.manager) return refuse('manager-only');
      return engine.tellWorkspace({ id, workspace, person, intent: { type: 'change-policy', change } });
    },
    async forget({ id, workspace, person }) {
      const intent = { type: 'forget', person } as const;
      await engine.tellWorkspace({ id, workspace, person: person ?? '', intent });
    },
    async allowance({ workspace, person }) {
      const { caps, timeZone } = await engine.policy(workspace);
      const day = await journal.account(dayAccount(workspace, person, clock(), timeZone));
      const left = Math.max(0, caps.personDay - (day ? day.spent + day.reserved : 0));
      return { left, cap: caps.personDay };
    },
  };
}

const rowIn = (head: Head): BoardRow => ({
  ...head,
  campaign: (head.snapshot as { state: Campaign }).state,
});
