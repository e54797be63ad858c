import { type Campaign, coloursOf, lastRevision } from '../campaign/campaign.ts';
import type { LanguageProvider, RefineOrder } from '../providers/language.ts';
import { type Job, repeatable } from './job.ts';
import { refusalIn } from './refusal-in.ts';

/** Words the prompt anew. Where the model cannot, the campaign goes on with the person's own words. */
export const refinePrompt = (language: LanguageProvider): Job<'refine-prompt'> =>
  repeatable(async ({ n }, { campaign, signal, sent }) => {
    if (campaign.refining?.n !== n) return { done: true };
    try {
      const refinement = await language.refine(orderOf(campaign), signal);
      await sent();
      return { outcome: { type: 'prompt.refined', n, refinement } };
    } catch (error) {
      const { reason } = refusalIn(error);
      return { outcome: { type: 'prompt.unrefined', n, reason } };
    }
  });

function orderOf(campaign: Campaign): RefineOrder {
  const { brief, settings } = campaign;
  const { words, template, platform, product, tagline, description } = brief;
  const revision = lastRevision(campaign);
  return {
    words,
    template,
    platform,
    product,
    tagline,
    description: description?.words ?? null,
    musts: brief.musts.map((m) => m.words),
    mustNots: brief.mustNots.map((m) => m.words),
    notes: campaign.notes.map((note) => note.words),
    previous: revision ? { still: revision.still.words, motion: revision.motion.words } : null,
    references: campaign.references
      .filter((r) => r.state === 'ready')
      .map(({ name, purpose }) => ({ name, purpose })),
    colours: coloursOf(campaign),
    seconds: settings.seconds,
    aspect: settings.aspect,
    seed: campaign.seed,
  };
}
