import type { Meant } from '../../../commands/command.ts';
import type { Approvers } from '../../campaign/policy.ts';
import { card } from '../card.ts';
import type { Incoming } from '../chat.ts';
import type { Answer } from './answer.ts';
import type { Desk } from './desk.ts';

type From = Pick<Incoming, 'id' | 'workspace' | 'person'> & { place: string };

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
  const { id, workspace, person, place } = from;
  if ('ask' in meant) {
    const cards = await desk.doors.ask({ workspace, person, question: meant.ask });
    return { cards, campaign: null, opened: false };
  }
  const isNamed = approvers !== null && approvers.people.length + approvers.groups.length > 0;
  const intent = meant.tell.type === 'open' && isNamed ? { ...meant.tell, approvers } : meant.tell;
  const { answer, campaign } = await desk.doors.tell({ id, workspace, person, at: { place }, intent });
  return answer
    ? { cards: [answer], campaign, opened: false }
    : { cards: [begun], campaign, opened: campaign !== null };
}

const begun = card({ title: 'On it: your video gets its own thread here.' });
