import type { types } from '@slack/bolt';
import { type Card, card } from '../card.ts';
import type { KitLine } from '../compose-kits.ts';
import * as blocks from './blocks.ts';
import { kitBlocks } from './home-kits.ts';
import * as limits from './limits.ts';
import { blocksOf, type Rendering } from './render.ts';

/** What can be pressed on the Home tab. */
export const homeActions = { brief: 'home:new', settings: 'home:settings', forget: 'home:forget' } as const;
export const isHomeAction = (id: string): boolean => id.startsWith('home:');

/** The Home tab: the cards below each other. `notice` says what came of the last press. */
export function homeView(
  cards: readonly Card[],
  {
    manager,
    link,
    notice,
    kits,
  }: { manager: boolean; link: Rendering['link']; notice: string | null; kits: readonly KitLine[] },
): types.HomeView {
  const rendering: Rendering = {
    campaign: null,
    picture: () => null,
    address: () => null,
    link,
    rich: false,
  };
  const said = notice === null ? [] : blocksOf(card({ title: notice }), rendering);
  const shown = [...blocks.actions([brief, ...(manager ? [settings] : [])]), ...said];
  const own = cards.flatMap((one) => [{ type: 'divider' as const }, ...blocksOf(one, rendering)]);
  const end = [...kitBlocks(kits, manager), ...blocks.actions([forget])];
  const room = limits.blocksInView - shown.length - end.length;
  return { type: 'home', blocks: [...shown, ...own.slice(0, room), ...end] };
}

const button = (action_id: string, label: string): types.Button => ({
  type: 'button',
  action_id,
  text: blocks.plain(label, limits.longestButton),
});

const brief: types.Button = { ...button(homeActions.brief, 'New video'), style: 'primary' };
const settings = button(homeActions.settings, 'Change how it is decided …');
const forget: types.Button = {
  ...button(homeActions.forget, 'Forget my words'),
  style: 'danger',
  confirm: {
    title: blocks.plain('Forget my words?', limits.confirmTitle),
    text: blocks.plain(
      'What was written in your finished videos is deleted for good, for everybody.',
      limits.confirmText,
    ),
    confirm: blocks.plain('Forget them', limits.confirmButton),
    deny: blocks.plain('No, go back', limits.confirmButton),
  },
};
