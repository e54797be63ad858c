import { type Campaign, steeringIn } from '../campaign/campaign.ts';
import { type Compared, compareModels, span } from '../campaign/compare.ts';
import { type Catalogue, secondsInWords } from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import type { TakeOffer } from '../campaign/offer.ts';
import { byName } from './by-name.ts';
import { type Card, card } from './card.ts';
import { aboutPrice, readyIn } from './estimate.ts';

/** What each model would make of the same wish, for how much and how soon; and why the others cannot. */
export function composeComparison(campaign: Campaign, catalogue: Catalogue): Card[] {
  const rows = compareModels(campaign, catalogue);
  const { seconds, aspect } = campaign.settings;
  const pictures = steeringIn(campaign).length;
  const following = pictures > 0 ? `, following ${counted(pictures)}` : '';
  const prices = span(rows);
  return [
    card({
      title: `${seconds} s in ${aspect}${following}: models compared`,
      text: [...(prices ? [] : ['No living model can make this.']), ...why(rows, campaign)],
      fields: rows.flatMap((row) =>
        'offer' in row ? [{ name: row.model.name, value: line(row.offer, pictures) }] : [],
      ),
      footer: prices ? `From ${inDollars(prices.least)} to ${inDollars(prices.most)} for one take.` : '',
    }),
  ];
}

const counted = (n: number): string => (n === 1 ? 'one reference' : `${n} references`);

function line({ model, price, wait, first, references }: TakeOffer, pictures: number): string {
  const parts = [
    aboutPrice({ price, first }),
    readyIn(wait),
    `${model.quality} quality`,
    ...(pictures > 0 ? [follows(references.length, first?.references.length ?? 0, pictures)] : []),
    ...(first && pictures === 0 ? [`starts from a still by ${first.model.name}`] : []),
    ...byName(model),
  ];
  return parts.join(' · ');
}

function follows(along: number, inStill: number, pictures: number): string {
  if (along === pictures) return `follows ${along === 1 ? 'it' : 'all of them'}`;
  if (along > 0) return `follows ${along} of them`;
  return inStill > 0 ? 'by a still made from them first' : 'cannot follow them';
}

/** One sentence for each reason, so that a long catalogue stays readable. */
function why(rows: readonly Compared[], { settings }: Campaign): string[] {
  const of = (reason: 'seconds' | 'aspect' | 'other') =>
    rows.flatMap((row) => ('why' in row && row.why === reason ? [row.model] : []));
  const sentence = (begin: string, said: string[]) =>
    said.length > 0 ? [`${begin}: ${said.join('; ')}.`] : [];
  return [
    ...sentence(
      `Not ${settings.seconds} s`,
      of('seconds').map((m) => `${m.name} (${secondsInWords(m)})`),
    ),
    ...sentence(
      `Not ${settings.aspect}`,
      of('aspect').map((m) => `${m.name} (${m.aspects.join(', ')})`),
    ),
    ...sentence(
      'Not with these pictures',
      of('other').map((m) => m.name),
    ),
  ];
}
