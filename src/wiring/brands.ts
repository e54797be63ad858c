import { type BrandKit, kitCalled, kitUnknown } from '../campaign/brand-kit.ts';
import type { Question } from '../campaign/question.ts';
import { refuse } from '../campaign/refusal.ts';
import { type Card, card } from '../chat/card.ts';
import type { Doors } from '../chat/chat.ts';
import { composeKit, composeKits } from '../chat/compose-kits.ts';
import type { Ways } from '../chat/ways.ts';
import type { Engine } from '../engine/engine.ts';
import { brandsOf } from '../workspace/kits.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The doors of brand kits: everybody may look, whoever manages the workspace changes them. */
export function brandDoors(engine: Engine): Pick<Doors, 'brand' | 'brands'> {
  return {
    brands: async (workspace) => brandsOf(await engine.workspace(workspace)),
    async brand({ who, intent, ...by }) {
      const before = await engine.workspace(by.workspace);
      const refusal = who.manager ? await engine.tellWorkspace({ ...by, intent }) : refuse('manager-only');
      if (refusal) return { answer: card({ title: refusal.sentence }), refusal };
      if (intent.type === 'drop-kit')
        return { answer: card({ title: gone(kitCalled(before.kits, intent.kit)) }), refusal };
      return { answer: kept(intent.kit ?? intent.name, await engine.workspace(by.workspace)), refusal };
    },
  };
}

const gone = (kit: BrandKit | undefined): string =>
  `${kit ? `The brand kit “${kit.name}”` : 'That brand kit'} is removed. Videos that have it keep it as it was.`;

function kept(name: string, workspace: Workspace): Card {
  const { kits, usual } = brandsOf(workspace);
  const kit = kitCalled(kits, name);
  return kit ? composeKit(kit, usual) : composeKits(kits, usual);
}

/** The kits that somebody wants to see. */
export function kitsAsked(
  { name }: Extract<Question, { about: 'brands' }>,
  workspace: Workspace,
  ways: Ways,
): Card[] {
  const { kits, usual } = brandsOf(workspace);
  if (name === undefined) return [composeKits(kits, usual, ways)];
  const kit = kitCalled(kits, name);
  return [kit ? composeKit(kit, usual) : card({ title: kitUnknown(name, kits).sentence })];
}
