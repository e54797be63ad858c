import { billWording } from './accounts.ts';
import { nextRevision } from './ask-to-refine.ts';
import { askAgain } from './ask-to-spend.ts';
import { type Campaign, lastRevision, missing, mustNotsOf } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { retake } from './decide-takes-asked.ts';
import type { IntentOf } from './intent.ts';
import type { OutcomeOf } from './outcome.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { FailureReason } from './take.ts';
import { type FieldName, templates } from './template.ts';
import { clean, hasWords, longestBrief } from './words.ts';

const mostQuestions = 2;

/**
 * Asks for what the clip would miss its point without, once the words have been read for it: two questions at
 * most, and nothing waits for the answer.
 */
function askEssentials(draft: Draft): void {
  const { brief, asked } = draft.campaign;
  const essential: readonly FieldName[] = brief.template ? templates[brief.template].essential : [];
  const open = essential.filter((field) => missing(draft.campaign, field) && !asked.includes(field));
  for (const about of open.slice(0, mostQuestions - asked.length))
    draft.add({ type: 'question.asked', about });
}

/** The first wording, once every picture of the brief is settled. */
export function refineWhenReady(draft: Draft): void {
  const { campaign } = draft;
  const waiting = campaign.references.some((r) => r.state === 'fetching');
  if (waiting || campaign.refining || campaign.revisions.length > 0) return;
  if (campaign.settings.verbatim && campaign.brief.words) ownWords(draft, campaign.brief.words, null);
  else draft.add({ type: 'refinement.requested', n: nextRevision(draft), words: '' });
}

/** The person's words as they are, for still and film alike. */
function ownWords(draft: Draft, words: string, instead: FailureReason | null): void {
  const n = draft.campaign.refining?.n ?? nextRevision(draft);
  draft.add({
    type: 'prompt.revised',
    n,
    still: { words },
    motion: { words },
    rationale: '',
    by: 'person',
    product: null,
    tagline: null,
    instead,
  });
  askEssentials(draft);
}

export function refined(draft: Draft, outcome: OutcomeOf<'prompt.refined'>, context: Context): undefined {
  billWording(draft, context, `wording:${outcome.n}`, outcome.cost);
  const { campaign } = draft;
  if (campaign.refining?.n !== outcome.n || campaign.phase === 'cancelled') return;
  const { still, motion, rationale, product, tagline } = outcome.refinement;
  const common = {
    still: { words: still },
    motion: { words: motion },
    rationale,
    product,
    tagline,
    n: outcome.n,
  };
  draft.add({ type: 'prompt.revised', ...common, by: 'model', instead: null });
  askEssentials(draft);
  goOnWith(draft, campaign, context);
}

/** What waited for the wording: a retake that is wanted, or spending that is asked about anew. */
function goOnWith(draft: Draft, before: Campaign, context: Context): void {
  if (before.retake) retake(draft, context);
  else askAgain(draft, before, context);
}

/** The video is made all the same: with the last wording and the new wish, or with the person's own words. */
export function unrefined(draft: Draft, outcome: OutcomeOf<'prompt.unrefined'>, context: Context): undefined {
  billWording(draft, context, `wording:${outcome.n}`, outcome.cost);
  const { campaign } = draft;
  if (campaign.refining?.n !== outcome.n || campaign.phase === 'cancelled') return;
  const note = campaign.refining.words;
  const before = lastRevision(campaign)?.motion.words ?? campaign.brief.words;
  const words = [before, note, ...unsaid(campaign, before)].filter(Boolean).join('. ');
  ownWords(draft, words || (campaign.brief.product ?? 'our brand'), outcome.reason);
  goOnWith(draft, campaign, context);
}

/** Conditions hold without a language model as well; those in the wording already are not said twice. */
const unsaid = (campaign: Campaign, wording: string): string[] =>
  [
    ...campaign.brief.musts.map(({ words }) => words),
    ...mustNotsOf(campaign).map(({ words }) => `✕ ${words}`),
  ].filter((text) => !wording.includes(text));

export function editPrompt(
  draft: Draft,
  intent: IntentOf<'edit-prompt'>,
  context: Context,
): Refusal | undefined {
  const words = clean(intent.words);
  if (words.length > longestBrief) return refuse('message-too-long', { most: longestBrief });
  if (!hasWords(words)) return refuse('brief-wordless');
  inTheirWords(draft, words, context);
  return undefined;
}

/** Their words answer the change that was asked for just as well as ours would have. */
function inTheirWords(draft: Draft, words: string, context: Context): void {
  const before = draft.campaign;
  ownWords(draft, words, null);
  goOnWith(draft, before, context);
}

/** Turns refinement off and goes back to what the person first wrote. */
export function useMyWords(draft: Draft, context: Context): Refusal | undefined {
  const { brief } = draft.campaign;
  if (!hasWords(brief.words)) return refuse('brief-wordless');
  draft.add({ type: 'settings.changed', verbatim: true });
  inTheirWords(draft, brief.words, context);
  return undefined;
}
