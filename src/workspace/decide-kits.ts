import {
  type KitIntentOf,
  kitCalled,
  kitUnknown,
  type LogoOutcome,
  sameName,
} from '../campaign/brand-kit.ts';
import type { Context } from '../campaign/context.ts';
import type { OutcomeOf } from '../campaign/outcome.ts';
import { isRefusal, type Refusal, refuse } from '../campaign/refusal.ts';
import { clean, shorten } from '../campaign/words.ts';
import { valuesOf } from './kit-values.ts';
import type { KeptKit } from './kits.ts';
import { keyOf, type Notice } from './notice.ts';
import type { Workspace, WorkspaceEvent } from './workspace.ts';

type Keep = KitIntentOf<'keep-kit'>;

export const mostKits = 20;

/** A kit is made or changed. A logo is fetched first, and until then the kit has the one it had. */
export function keepKit(workspace: Workspace, wish: Keep, context: Context): WorkspaceEvent[] | Refusal {
  const { kits } = workspace;
  const before = wish.kit === null ? namedAs(wish, kits) : kits.find(({ id }) => id === wish.kit);
  if (wish.kit !== null && !before) return kitUnknown(wish.name, kits);
  if (!before && kits.length >= mostKits) return refuse('kits-too-many', { most: mostKits });
  // Who only calls it by its name does not mean to write that another way.
  const values = valuesOf(before, {
    ...wish,
    name: wish.kit === null ? (before?.name ?? wish.name) : wish.name,
  });
  if (isRefusal(values)) return values;
  if (kits.some((kit) => kit !== before && sameName(kit.name, values.name)))
    return refuse('kit-name-taken', { name: values.name });
  const { now: at, person } = context;
  const id = before?.id ?? context.id();
  const kit = { id, revision: (before?.revision ?? 0) + 1, ...values };
  const kept = !before || !isSame(before, values);
  return [
    ...(kept ? [{ type: 'kit.kept', at, person, kit } as const] : []),
    ...(before && wish.logo === null ? withoutLogo(before, kept, context) : []),
    ...preferred(workspace, id, wish, context),
    ...offered(id, wish, context),
  ];
}

const namedAs = ({ name, fresh }: Keep, kits: readonly KeptKit[]): KeptKit | undefined =>
  fresh ? undefined : kits.find((kit) => sameName(kit.name, name));

type Values = Pick<KeptKit, 'name' | 'colours' | 'voice' | 'bans'>;
const isSame = (a: Values, b: Values): boolean => textOf(a) === textOf(b);
const textOf = ({ name, colours, voice, bans }: Values): string =>
  JSON.stringify([name, colours, voice, bans]);

function preferred({ usualKit }: Workspace, id: string, { usual }: Keep, context: Context): WorkspaceEvent[] {
  const kit = usual ? id : null;
  if (usual === undefined || kit === usualKit || (!usual && usualKit !== id)) return [];
  return [{ type: 'kit.preferred', at: context.now, person: context.person, kit }];
}

function offered(kit: string, { logo, place }: Keep, { now: at, id, person }: Context): WorkspaceEvent[] {
  if (!logo) return [];
  const name = shorten(clean(logo.name), 80) || 'logo';
  return [{ type: 'logo.offered', at, kit, logo: id(), name, source: logo.source, person, place }];
}

/** A revision of its own only where films would look another way, and where the rest of the wish makes none. */
function withoutLogo(
  { id: kit, revision, logo, coming, refused }: KeptKit,
  kept: boolean,
  { now: at, person }: Context,
): WorkspaceEvent[] {
  if (!logo && !coming && !refused) return [];
  return [{ type: 'logo.removed', at, person, kit, revision: kept || logo ? revision + 1 : revision }];
}

export function dropKit(
  { kits }: Workspace,
  { kit: which }: KitIntentOf<'drop-kit'>,
  { now: at, person }: Context,
): WorkspaceEvent[] | Refusal {
  const kit = kitCalled(kits, which);
  return kit ? [{ type: 'kit.dropped', at, person, kit: kit.id }] : kitUnknown(which, kits);
}

/** What became of a logo, and that whoever brought it is told. One that was overtaken concerns nobody any more. */
export function heardOfLogo(
  { kits, suspendedAt }: Workspace,
  heard: LogoOutcome | OutcomeOf<'gave-up'>,
  { now: at }: Context,
): WorkspaceEvent[] {
  const outcome = heard.type === 'gave-up' ? givenUp(heard) : heard;
  const kit = kits.find(({ id }) => id === outcome?.kit);
  if (!outcome || !kit?.coming || kit.coming.logo !== outcome.logo) return [];
  const { name: file, place } = kit.coming;
  const notice = noticeOf(kit, file, outcome);
  const told = { type: 'notice.raised', at, key: keyOf(notice), place, notice } as const;
  return [entered(kit, file, outcome, at), ...(suspendedAt === null ? [told] : [])];
}

function entered({ revision }: KeptKit, file: string, outcome: LogoOutcome, at: number): WorkspaceEvent {
  const { kit, logo } = outcome;
  if (outcome.type === 'logo.refused') return { type: 'logo.refused', at, kit, logo, code: outcome.code };
  const { picture, notes, palette } = outcome;
  const taken = { name: file, picture, notes, palette };
  return { type: 'logo.taken', at, kit, logo, revision: revision + 1, taken };
}

function noticeOf({ name }: KeptKit, file: string, outcome: LogoOutcome): Notice {
  const { kit, logo } = outcome;
  const found =
    outcome.type === 'logo.fetched'
      ? { code: null, notes: outcome.notes }
      : { code: outcome.code, notes: [] };
  return { about: 'logo', kit, logo, name, file, ...found };
}

function givenUp({ effect }: OutcomeOf<'gave-up'>): LogoOutcome | null {
  if (effect.type !== 'fetch-logo') return null;
  return { type: 'logo.refused', kit: effect.kit, logo: effect.logo, code: 'reference-timeout' };
}
