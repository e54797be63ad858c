import type { types } from '@slack/bolt';
import type { KitLine } from '../compose-kits.ts';
import * as blocks from './blocks.ts';
import * as limits from './limits.ts';
import { escaped } from './text.ts';

/** What can be pressed beside a kit; which one stands behind it. */
export const kitActions = { fresh: 'home:kit-new', edit: 'home:kit-edit:', drop: 'home:kit-drop:' } as const;

/** The brand kits on the Home tab. Whoever manages the workspace can change them. */
export function kitBlocks(kits: readonly KitLine[], manager: boolean): types.KnownBlock[] {
  if (kits.length === 0 && !manager) return [];
  const none = kits.length === 0 ? [blocks.section(noneYet)] : [];
  return [
    { type: 'divider' },
    ...blocks.heading('Brand kits'),
    ...none,
    ...kits.flatMap((kit) => [
      blocks.section(`*${escaped(kit.title, 100)}*\n${escaped(kit.text, longestText)}`),
      ...(manager ? blocks.actions([edit(kit), drop(kit)]) : []),
    ]),
    ...(manager ? blocks.actions([button(kitActions.fresh, 'New brand kit …')]) : []),
  ];
}

const longestText = 1_000;
const noneYet =
  'None yet. A brand kit is what every film of a brand shares: logo, colours, voice, and what is never shown.';

const button = (action_id: string, label: string): types.Button => ({
  type: 'button',
  action_id,
  text: blocks.plain(label, limits.longestButton),
});

const edit = ({ id }: KitLine) => button(`${kitActions.edit}${id}`, 'Edit …');

const drop = ({ id, title }: KitLine): types.Button => ({
  ...button(`${kitActions.drop}${id}`, 'Remove'),
  style: 'danger',
  confirm: {
    title: blocks.plain('Remove this brand kit?', limits.confirmTitle),
    text: blocks.plain(`${title} goes. Videos that have it keep it as it was.`, limits.confirmText),
    confirm: blocks.plain('Remove it', limits.confirmButton),
    deny: blocks.plain('No, go back', limits.confirmButton),
  },
});
