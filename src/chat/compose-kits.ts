import type { BrandKit, KitLogo } from '../campaign/brand-kit.ts';
import { type Campaign, runningTake } from '../campaign/campaign.ts';
import { shorten } from '../campaign/words.ts';
import type { KeptKit } from '../workspace/kits.ts';
import { type Card, type CardFile, card, type Field, type Item } from './card.ts';
import { typing, type Ways } from './ways.ts';
import { whyLogoRefused } from './wording.ts';

/** The brand kits of a workspace, each in a line. */
export function composeKits(
  kits: readonly KeptKit[],
  usual: string | null,
  { makeKit }: Pick<Ways, 'makeKit'> = typing,
): Card {
  if (kits.length === 0)
    return card({
      title: 'No brand kits yet',
      text: [
        `A brand kit is what every film of a brand shares: logo, colours, voice, and what is never shown. Whoever manages this workspace makes one: ${makeKit}.`,
      ],
    });
  return card({
    title: 'Brand kits',
    fields: kitLines(kits, usual).map(({ title: name, text: value }): Field => ({ name, value })),
    footer:
      'A video takes one with `/video … --brand NAME`; the usual one is taken where nobody says otherwise.',
  });
}

/** One kit, with all there is to it. */
export function composeKit(kit: KeptKit, usual: string | null): Card {
  const { colours, voice, bans, logo } = kit;
  return card({
    title: `Brand kit: ${titleOf(kit, usual)}`,
    fields: [
      { name: 'Logo', value: logoInWords(kit) },
      { name: 'Colours', value: colours.join(', ') || 'those of the logo' },
      { name: 'Voice', value: voice?.words ?? 'not said' },
      { name: 'Never', value: bans.map(({ words }) => words).join('; ') || 'nothing named' },
    ],
    images: logo ? [imageOf(logo)] : [],
    footer: `Revision ${kit.revision}`,
  });
}

/** A kit in a list: what it is called, and what there is to it. */
export interface KitLine {
  id: string;
  title: string;
  text: string;
}

export const kitLines = (kits: readonly KeptKit[], usual: string | null): KitLine[] =>
  kits.map((kit) => ({ id: kit.id, title: titleOf(kit, usual), text: kitInWords(kit) }));

const titleOf = ({ id, name }: BrandKit, usual: string | null): string =>
  id === usual ? `${name} (usual)` : name;

/** "logo aurora.svg; #0f766e; “calm”; never people": what there is of it, on one line. */
function kitInWords(kit: BrandKit | KeptKit): string {
  const { colours, voice, bans } = kit;
  const said = [
    ...(kit.logo || 'coming' in kit ? [`logo ${logoInWords(kit)}`] : []),
    ...(colours.length > 0 ? [colours.join(', ')] : []),
    ...(voice ? [`“${shorten(voice.words, 120)}”`] : []),
    ...(bans.length > 0 ? [`never ${bans.map(({ words }) => shorten(words, 60)).join(', ')}`] : []),
  ];
  return said.join('; ') || 'nothing in it yet';
}

function logoInWords(kit: BrandKit | KeptKit): string {
  const known = kit.logo?.name ?? 'none';
  if (!('coming' in kit)) return known;
  if (kit.coming) return `${known} (${kit.coming.name} is being fetched …)`;
  return kit.refused
    ? `${known} (${kit.refused.name} was not taken: ${whyLogoRefused(kit.refused.code)})`
    : known;
}

const imageOf = ({ name, picture: { key, sha256, bytes, mime } }: KitLogo): CardFile => ({
  key,
  sha256,
  bytes,
  mime,
  title: `logo: ${name}`,
});

/** The kit of a campaign, as a line of its brief: it can be changed, and left out. */
export function kitItem(campaign: Campaign, kits: readonly BrandKit[]): Item[] {
  const { kit } = campaign;
  if (!kit && kits.length === 0) return [];
  const isOpen = campaign.phase !== 'cancelled' && campaign.phase !== 'rejected' && !runningTake(campaign);
  const all = kit && !kits.some(({ id }) => id === kit.id) ? [kit, ...kits] : kits;
  return [
    {
      title: `Brand kit: ${kit?.name ?? 'none'}`,
      text: kit ? `${kitInWords(kit)} (revision ${kit.revision})` : 'This video is made without one.',
      image: null,
      place: null,
      menu: isOpen
        ? {
            label: kit ? 'Another brand kit' : 'Choose a brand kit',
            does: { type: 'use-kit', kit: '' },
            fills: 'kit',
            options: all.map(({ id, name }) => ({ value: id, label: name })),
            chosen: kit?.id ?? '',
          }
        : null,
      buttons:
        isOpen && kit ? [{ label: 'Leave out', style: 'plain', does: { type: 'use-kit', kit: '' } }] : [],
    },
  ];
}
