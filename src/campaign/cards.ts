import type { Campaign } from './campaign.ts';
import type { Event } from './event.ts';

/**
 * The keys of the cards an event changes. A key names what a card shows, and the same key is the same message:
 * `brief` (`brief:ID` outside of its own conversation), `question:product`, `reply:3`, `stills:1`, `spending:1`, `progress:2`, `cut:2a`, `review:2a`.
 */
export function cardsOf(campaign: Campaign, event: Event): string[] {
  switch (event.type) {
    case 'conversation.opened':
      return keysOf(campaign);
    case 'campaign.cancelled':
      return keysOf(campaign).filter((key) => !/^(?:reply|cut):/.test(key));
    case 'question.asked':
      return [`question:${event.about}`];
    case 'reply.given':
      return [`reply:${event.n}`];
    case 'film.wanted':
      return [`reply:${event.reply}`, `cut:${event.cut}`];
    case 'brief.amended':
      return ['brief', ...campaign.asked.map((about) => `question:${about}`)];
    case 'kit.taken':
    case 'refinement.requested':
    case 'prompt.revised':
    case 'reference.offered':
    case 'reference.taken':
    case 'reference.refused':
    case 'reference.removed':
    case 'reference.named':
      return ['brief'];
    case 'settings.changed':
      return ['brief', ...campaign.boards.map(({ n }) => `stills:${n}`)];
    case 'stills.requested':
      return ['brief', `stills:${event.board}`];
    case 'stills.cleared':
    case 'still.made':
    case 'still.failed':
    case 'still.unconfirmed':
    case 'still.attempted':
      return [`stills:${event.board}`];
    case 'still.picked':
      return [`stills:${event.board}`, 'brief'];
    case 'spending.asked':
    case 'spending.voted':
    case 'spending.refused':
    case 'spending.allowed':
    case 'spending.voided':
      return [`spending:${event.n}`];
    case 'take.requested':
      return [...spendingsOf(campaign), `progress:${event.take}`, 'brief'];
    case 'review.opened':
      return [`cut:${event.cut}`, `review:${event.cut}`];
    case 'review.voided':
    case 'verdict.given':
      return [`review:${event.cut}`, 'brief'];
    case 'vote.cast':
    case 'vote.counted':
    case 'vote.refused':
      return campaign.review ? [`review:${campaign.review.cut}`] : [];
    case 'bill.late':
      return [
        `progress:${event.take}`,
        'brief',
        ...(campaign.review ? [`review:${campaign.review.cut}`] : []),
      ];
    case 'message.heard':
    case 'message.read':
    case 'wording.billed':
    case 'campaign.opened':
      return [];
    default:
      return [`progress:${event.take}`, 'brief'];
  }
}

const spendingsOf = ({ spendings }: Campaign): string[] => spendings.map(({ n }) => `spending:${n}`);

/** Every card the conversation of this campaign has, in the order it came to have them. */
export function keysOf(campaign: Campaign): string[] {
  const reviews = [...campaign.reviewed, ...(campaign.review ? [campaign.review] : [])];
  return [
    'brief',
    ...campaign.asked.map((about) => `question:${about}`),
    ...campaign.replies.map((reply) => `reply:${reply.n}`),
    ...campaign.boards.map((board) => `stills:${board.n}`),
    ...spendingsOf(campaign),
    ...campaign.takes.map((take) => `progress:${take.n}`),
    ...reviews.flatMap((review) => [`cut:${review.cut}`, `review:${review.cut}`]),
  ];
}
