import { namedForVote, voterOf } from '../campaign/spending.ts';
import type { Chats } from '../chat/chat.ts';
import { chatOf } from '../chat/place.ts';
import { type Job, repeatable } from './job.ts';

/** Asks the platform who voted, on a cut or on spending; whether that person may decide is the campaign's to say. */
export const checkApprover = (chats: Chats): Job<'check-approver'> =>
  repeatable(async ({ vote }, { campaign, policy, sent }) => {
    const person = voterOf(campaign, vote);
    if (person === undefined || campaign.place === null) return { done: true };
    const named = namedForVote(campaign, vote, policy);
    // Whoever is named decides as that, whatever becomes of the others.
    const people = named.people.includes(person) ? [] : named.people;
    const who = await chatOf(chats, campaign.place).who(person, campaign.place, { ...named, people });
    await sent();
    return { outcome: { type: 'approver.checked', vote, who } };
  });
