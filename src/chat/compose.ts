import type { Campaign } from '../campaign/campaign.ts';
import type { Among, Intent } from '../campaign/intent.ts';
import type { Catalogue } from '../campaign/model.ts';
import type { Refusal } from '../campaign/refusal.ts';
import type { Say } from '../campaign/say.ts';
import { byOne } from '../campaign/spending.ts';
import { FieldName } from '../campaign/template.ts';
import { type Card, card, type Field, type Item } from './card.ts';
import { composeBrief } from './compose-brief.ts';
import { composeCut, composeReview, deciders, filmOf, voteButtons } from './compose-review.ts';
import { composeSpending } from './compose-spending.ts';
import { composeStills } from './compose-stills.ts';
import { composeProgress } from './compose-takes.ts';
import type { View } from './view.ts';
import { questions, remedyFor, say } from './wording.ts';

export interface ComposeContext {
  catalogue: Catalogue;
}

/**
 * The card under a key as it should be shown now (keys: `campaign/cards.ts`); null where there is nothing to show.
 * The same view gives the same card.
 */
export function composeCard(key: string, view: View, world: ComposeContext): Card | null {
  const { campaign } = view;
  const [kind, which = ''] = key.split(':');
  switch (kind) {
    case 'brief':
      return composeBrief(view, world.catalogue);
    case 'question':
      return composeQuestion(campaign, FieldName.parse(which));
    case 'reply':
      return composeReply(campaign, Number(which));
    case 'stills':
      return composeStills(campaign, Number(which), world.catalogue);
    case 'spending':
      return composeSpending(campaign, Number(which), world.catalogue);
    case 'progress':
      return composeProgress(view, Number(which), world.catalogue);
    case 'cut':
      return composeCut(campaign, which, world.catalogue);
    case 'review':
      return composeReview(campaign, which, world.catalogue);
    default:
      return null;
  }
}

function composeQuestion({ brief, phase }: Campaign, about: FieldName): Card {
  const answer = about === 'logo' ? null : brief[about];
  if (answer) return card({ title: `Answered: ${answer}` });
  return card({ title: phase === 'cancelled' ? `No longer asked: ${questions[about]}` : questions[about] });
}

function composeReply(campaign: Campaign, n: number): Card | null {
  const said = campaign.replies.find((r) => r.n === n);
  if (!said) return null;
  const { say: it } = said;
  if (it.about === 'film-unshown') return composeUnshown(campaign, it, said.retried === true);
  const items = it.about === 'which-video' ? it.among.map((one) => itemOf(one, campaign)) : [];
  return card({ title: say(it), fields: fieldsOf(campaign, it), items });
}

const itemOf = ({ words, place }: Among[number], campaign: Campaign): Item => ({
  ...{ title: words, text: place === campaign.place ? 'This thread' : 'Another thread' },
  ...{ image: null, place, menu: null, buttons: [] },
});

const fieldsOf = (campaign: Campaign, it: Say): Field[] =>
  it.about === 'cancelled'
    ? [{ name: 'By', value: '', people: [it.person], quiet: true }]
    : stillWaitedFor(campaign, it);

/** A reminder calls those it is meant for. */
function stillWaitedFor({ phase, review, requester, spendings }: Campaign, it: Say): Field[] {
  if (phase === 'cancelled') return [];
  if (it.about === 'reminder' && review?.cut === it.cut && !review?.verdict)
    return review ? [deciders(review.policy, requester, review.votes)] : [];
  if (it.about !== 'spending-waits') return [];
  const spending = spendings.find(({ n, state }) => n === it.spending && state === 'asked');
  return spending ? [deciders(byOne(spending.policy), spending.person)] : [];
}

const composeUnshown = (
  campaign: Campaign,
  it: Extract<Say, { about: 'film-unshown' }>,
  retried: boolean,
): Card =>
  card({
    title: say(it),
    text: [retried ? 'Somebody has asked for it since.' : remedyFor(it.code)],
    link: filmOf(campaign, it.cut),
    buttons: retried
      ? []
      : [{ label: 'Show the film here', style: 'plain', does: { type: 'show-film', cut: it.cut } }],
  });

/** A "no" as an answer to the person who asked; a vote that lacks its sentence can be given it there and then. */
export const composeRefusal = (refusal: Refusal, intent: Intent): Card =>
  card({
    title: refusal.sentence,
    buttons:
      refusal.refusal === 'verdict-needs-words' && intent.type === 'vote'
        ? voteButtons(intent.cut).filter(({ does }) => does.verdict === intent.verdict)
        : [],
  });
