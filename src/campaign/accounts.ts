import type { Campaign } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import type { Bill } from './event.ts';
import type { Account, Micros, Reservation } from './money.ts';
import { type Refusal, refuse } from './refusal.ts';

/** `2026-11-20` in the workspace's own time zone: which day a purchase belongs to. */
export const dayOf = (now: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);

/** The account of everything that a workspace buys in a month. */
export const monthAccount = (workspace: string, now: number, timeZone: string): string =>
  `workspace:${workspace}:${dayOf(now, timeZone).slice(0, 7)}`;

/** The account of everything that a person buys in a day. */
export const dayAccount = (workspace: string, person: string, now: number, timeZone: string): string =>
  `person:${workspace}:${person}:${dayOf(now, timeZone)}`;

/** Every account that must allow a purchase by this person now. The ids are kept with the reservation. */
function accountsFor(campaign: Campaign, context: Context): Account[] {
  const { caps, timeZone } = context.policy;
  const { workspace } = campaign;
  const person = context.person || campaign.requester;
  return [
    { id: `campaign:${campaign.id}`, cap: caps.campaign },
    { id: dayAccount(workspace, person, context.now, timeZone), cap: caps.personDay },
    { id: monthAccount(workspace, context.now, timeZone), cap: caps.workspaceMonth },
  ];
}

export const holdFor = (campaign: Campaign, context: Context, item: string, micros: Micros): Reservation => ({
  item,
  micros,
  accounts: accountsFor(campaign, context),
});

/** What a language model took is booked on the accounts of a purchase; words that were free leave no line. */
export function billWording(draft: Draft, context: Context, item: string, micros: Micros = 0): void {
  if (micros > 0) draft.add({ type: 'wording.billed', paid: holdFor(draft.campaign, context, item, micros) });
}

const budgets: Record<string, string> = {
  campaign: "campaign's",
  person: "person's daily",
  workspace: "workspace's monthly",
};

/** The refusal for a reservation that the journal did not grant, if that is why we are asked again. */
export function shortOf(context: Context, price: Micros): Refusal | null {
  if (!context.short) return null;
  const { account, left } = context.short;
  const what = budgets[account.split(':')[0] ?? ''] ?? "workspace's";
  return refuse('cap-account', { price, left: Math.max(0, left), what });
}

/** How a held purchase ended in money. */
export const billOf = (held: Reservation, billed: Micros): Bill => ({
  held,
  item: held.item,
  accounts: held.accounts.map((a) => a.id),
  billed,
});
