import type { Catalogue } from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import type { Policy } from '../campaign/policy.ts';
import { roleByNow, ruleFor, type Who } from '../campaign/review.ts';
import { type BoardRow, rowOf } from './boards.ts';
import { type Card, card } from './card.ts';

/** What somebody's own page is made from. `month` null: nothing was bought this month. Money in micro-dollars. */
export interface HomeView {
  person: string;
  who: Who;
  policy: Policy;
  inReview: readonly BoardRow[];
  mine: readonly BoardRow[];
  month: { spent: number; reserved: number } | null;
}

/** What waits for this person comes first, then what is theirs, then what holds for everybody. */
export const composeHome = (view: HomeView, catalogue: Catalogue): Card[] => [
  listCard('Waiting for your decision', waitingFor(view), 'Nothing right now.', catalogue),
  listCard('Your videos', view.mine, 'None yet. `/video` and a few words start one.', catalogue),
  monthCard(view),
  rulesCard(view.policy),
  privacyCard,
];

const listCard = (title: string, rows: readonly BoardRow[], none: string, catalogue: Catalogue): Card =>
  card({ title, text: rows.length === 0 ? [none] : [], items: rows.map((row) => rowOf(row, catalogue)) });

function waitingFor({ inReview, person, who, policy }: HomeView): BoardRow[] {
  return inReview.filter(({ campaign: { review, requester, approvers } }) => {
    if (!review || review.verdict) return false;
    const hasVoted = review.votes.some((vote) => vote.person === person && vote.state === 'counted');
    const rules = { asked: review.policy, now: ruleFor(approvers, policy) };
    return !hasVoted && 'role' in roleByNow(rules, person, requester, who);
  });
}

function monthCard({ month, policy: { caps } }: HomeView): Card {
  const { spent, reserved } = month ?? { spent: 0, reserved: 0 };
  const held = reserved > 0 ? [`${inDollars(reserved)} more is held for what is being made.`] : [];
  const text = `${inDollars(spent)} of ${inDollars(caps.workspaceMonth)} is spent.`;
  return card({ title: 'This month', text: [[text, ...held].join(' ')] });
}

function rulesCard({ approvers, quorum, selfApproval, caps }: Policy): Card {
  const isNamed = approvers.people.length + approvers.groups.length > 0;
  return card({
    title: 'How it is decided here',
    fields: [
      { name: 'Who approves', value: isNamed ? '' : 'whoever manages this workspace', ...approvers },
      { name: 'Approvals needed', value: `${quorum}` },
      {
        name: 'Own requests',
        value: selfApproval ? 'may be approved by whoever asked' : 'are approved by somebody else',
      },
      { name: 'One take', value: `up to ${inDollars(caps.take)}` },
      { name: 'One video', value: `up to ${inDollars(caps.campaign)}` },
      { name: 'One person a day', value: `up to ${inDollars(caps.personDay)}` },
    ],
  });
}

const privacyCard = card({
  title: 'Privacy',
  text: [
    'Kept: briefs and replies in the threads of videos, the pictures that were given, prompts, films, votes, and what everything cost. Reference pictures are deleted after 30 days; brand kits stay until somebody removes them, and with the videos that have them. Words and pictures go to the language and video models this workspace uses, and to nobody else.',
    'If you wish, what was written in the videos you asked for is deleted once they are over: briefs, replies, prompts, reasons. Films, amounts and decisions stay, and so do the messages in this chat. A month after Dailies was removed from a workspace the same is done for everybody.',
  ],
});

/** What somebody who wishes to be forgotten is told. */
export const beingForgotten =
  'What was written in your finished videos is being deleted now. Words of videos that are still open are kept until those are over; then ask again.';
