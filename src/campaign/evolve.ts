import type { Campaign } from './campaign.ts';
import type { Event } from './event.ts';
import { evolveReference } from './evolve-reference.ts';
import { evolveReview } from './evolve-review.ts';
import { afterWording, evolveSpending } from './evolve-spending.ts';
import { evolveStill } from './evolve-still.ts';
import { evolveTake } from './evolve-take.ts';

/** The campaign after a fact. Total: any event in any state gives a campaign. */
export function evolve(campaign: Campaign, event: Event): Campaign {
  switch (event.type) {
    case 'campaign.opened': {
      const { at, workspace, person, channel, seed, settings, note, description, words, ...named } = event;
      const { template, platform, product, tagline, approvers } = named;
      return {
        ...campaign,
        phase: 'briefing',
        workspace,
        requester: person,
        channel,
        openedAt: at,
        seed,
        settings,
        approvers,
        brief: {
          ...campaign.brief,
          words,
          template,
          platform,
          product,
          tagline,
          description,
        },
        notes: note ? [note] : [],
      };
    }
    case 'kit.taken':
      return { ...campaign, kit: event.kit };
    case 'conversation.opened':
      return { ...campaign, place: event.place };
    case 'message.heard': {
      const { type: _, at: __, ...heard } = event;
      return { ...campaign, heard: [...campaign.heard, heard] };
    }
    case 'message.read':
      return { ...campaign, heard: campaign.heard.filter((m) => m.message !== event.message) };
    case 'brief.amended':
      return { ...campaign, brief: amended(campaign.brief, event) };
    case 'settings.changed': {
      const { type: _, ...changes } = event;
      return { ...campaign, settings: { ...campaign.settings, ...defined(changes) } };
    }
    case 'question.asked':
      return { ...campaign, asked: [...campaign.asked, event.about] };
    case 'reply.given':
      return { ...campaign, replies: [...campaign.replies, { n: event.n, say: event.say }] };
    case 'film.wanted':
      return {
        ...campaign,
        replies: campaign.replies.map((r) => (r.n === event.reply ? { ...r, retried: true } : r)),
      };
    case 'refinement.requested': {
      const { n, words } = event;
      const notes = words === '' ? campaign.notes : [...campaign.notes, { words }];
      return { ...campaign, refining: { n, words }, notes };
    }
    case 'wording.billed':
      return { ...campaign, worded: campaign.worded + event.paid.micros };
    case 'prompt.revised':
      return revised(campaign, event);
    case 'campaign.cancelled':
      return { ...campaign, phase: 'cancelled', cancelledBy: event.person, refining: null, retake: false };
    case 'reference.offered':
    case 'reference.taken':
    case 'reference.refused':
    case 'reference.removed':
    case 'reference.named':
      return { ...campaign, references: evolveReference(campaign.references, event) };
    case 'stills.requested':
    case 'stills.cleared':
    case 'still.made':
    case 'still.failed':
    case 'still.unconfirmed':
    case 'still.attempted':
    case 'still.picked':
      return evolveStill(campaign, event);
    case 'spending.asked':
    case 'spending.voted':
    case 'spending.refused':
    case 'spending.allowed':
    case 'spending.voided':
      return { ...campaign, spendings: evolveSpending(campaign.spendings, event) };
    case 'review.opened':
    case 'review.voided':
    case 'vote.cast':
    case 'vote.refused':
    case 'vote.counted':
    case 'verdict.given':
      return evolveReview(campaign, event);
    default:
      return evolveTake(campaign, event);
  }
}

/** Without the properties that are not set: what stays silent changes nothing. */
function defined<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const said = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function amended(
  brief: Campaign['brief'],
  event: Extract<Event, { type: 'brief.amended' }>,
): Campaign['brief'] {
  const { type: _, must, mustNot, description, ...fields } = event;
  return {
    ...brief,
    ...defined(fields),
    description: description ?? brief.description,
    musts: must ? [...brief.musts, must] : brief.musts,
    mustNots: mustNot ? [...brief.mustNots, mustNot] : brief.mustNots,
  };
}

function revised(campaign: Campaign, event: Extract<Event, { type: 'prompt.revised' }>): Campaign {
  const { n, still, motion, rationale, by, product, tagline, instead } = event;
  const note = { words: campaign.refining?.words ?? '' };
  const brief = {
    ...campaign.brief,
    product: campaign.brief.product ?? product,
    tagline: campaign.brief.tagline ?? tagline,
  };
  const revisions = [
    ...campaign.revisions,
    { n, still, motion, rationale, by, note, unrefined: instead !== null },
  ];
  const spendings = afterWording(campaign.spendings);
  return { ...campaign, brief, revisions, spendings, refining: null, retake: false };
}
