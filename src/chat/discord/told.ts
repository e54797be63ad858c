import type { Meant } from '../../../commands/command.ts';
import { inDollars } from '../../campaign/money.ts';
import { type Approvers, nobody } from '../../campaign/policy.ts';
import { card } from '../card.ts';
import type { Incoming } from '../chat.ts';
import type { Answer } from './answer.ts';
import type { Desk } from './desk.ts';
import { spotOf } from './places.ts';
import { ways } from './ways.ts';

type From = Pick<Incoming, 'id' | 'workspace' | 'person'> & { place: string; asker?: object };

/** Something was meant: it is asked, refused or told, and this is what the person hears. */
export async function answerTo(
  meant: Meant,
  from: From,
  desk: Desk,
  approvers: Approvers | null = null,
): Promise<Answer & { opened: boolean }> {
  if ('refuse' in meant)
    return {
      cards: meant.refuse.map(({ sentence }) => card({ title: sentence })),
      campaign: null,
      opened: false,
    };
  const { place, ...by } = from;
  const { workspace, person } = by;
  if ('ask' in meant) {
    const cards = await desk.doors.ask({ workspace, person, place, ways, question: meant.ask });
    return { cards, campaign: null, opened: false };
  }
  if ('manage' in meant) {
    const who = await desk.guilds.who(person, spotOf(place), nobody);
    const { answer } = await desk.doors.brand({ id: by.id, workspace, person, who, intent: meant.manage });
    return { cards: [answer], campaign: null, opened: false, aloud: answer };
  }
  const isNamed = approvers !== null && approvers.people.length + approvers.groups.length > 0;
  const intent = meant.tell.type === 'open' && isNamed ? { ...meant.tell, approvers } : meant.tell;
  const { answer, campaign } = await desk.doors.tell({ ...by, at: { place }, intent });
  if (answer) return { cards: [answer], campaign, opened: false, aloud: answer };
  const { left, cap } = await desk.doors.allowance({ workspace, person });
  const alone = { ...begun, footer: leftToday(left, cap) };
  return { cards: [alone], campaign, opened: campaign !== null, aloud: begun };
}

const begun = card({ title: 'On it: your video gets its own thread here.' });

const leftToday = (left: number, cap: number): string =>
  `Nothing is bought before you say so. Left for you today: ${inDollars(left)} of ${inDollars(cap)}.`;
