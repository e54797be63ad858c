import { readFile } from 'node:fs/promises';
import { type Campaign, coloursOf, lastRevision } from '../campaign/campaign.ts';
import type { Picture } from '../campaign/file.ts';
import { Never } from '../errors.ts';
import { withFolder } from '../media/film.ts';
import { fitPicture } from '../media/picture.ts';
import type { LanguageProvider, RefineOrder } from '../providers/language.ts';
import type { Storage } from '../storage/storage.ts';
import { type Job, repeatable } from './job.ts';
import { refusalIn } from './refusal-in.ts';

interface Parts {
  language: LanguageProvider;
  storage: Pick<Storage, 'fetchTo'>;
}

/** Words the prompt anew. Where the model cannot, the campaign goes on with the person's own words. */
export const refinePrompt = ({ language, storage }: Parts): Job<'refine-prompt'> =>
  repeatable(async ({ n }, { campaign, signal, sent }) => {
    if (campaign.refining?.n !== n) return { done: true };
    try {
      const pictures = await glances(ready(campaign), storage);
      const refinement = await language.refine({ ...orderOf(campaign), pictures }, signal);
      await sent();
      return { outcome: { type: 'prompt.refined', n, refinement } };
    } catch (error) {
      const { reason } = refusalIn(error);
      return { outcome: { type: 'prompt.unrefined', n, reason } };
    }
  });

const ready = (campaign: Campaign) => campaign.references.filter((r) => r.state === 'ready');

const mostPictures = 4;
/** Pixels of the longer side. */
const glance = 768;

/** The first references as a model looks at them: small, and no more than a few. */
async function glances(
  references: Campaign['references'],
  storage: Parts['storage'],
): Promise<RefineOrder['pictures']> {
  const pictures = references.flatMap(({ picture }) => (picture ? [picture] : [])).slice(0, mostPictures);
  return withFolder(async (folder) => {
    const seen = pictures.map((picture, n) => seenAs(picture, `${folder}/${n}`, storage).catch(unseen));
    return (await Promise.all(seen)).filter((each) => each !== null);
  });
}

async function seenAs(picture: Picture, file: string, storage: Parts['storage']) {
  await storage.fetchTo(picture.key, file);
  const bytes = await readFile(file);
  const scale = glance / Math.max(picture.width, picture.height);
  if (scale >= 1) return { mime: picture.mime, bytes };
  const side = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  const size = { width: side(picture.width), height: side(picture.height) };
  return { mime: 'image/png', bytes: (await fitPicture(bytes, size)).bytes };
}

/** A picture whose time is over, or that cannot be read, is described by its name alone. */
function unseen(error: unknown): null {
  if (error instanceof Never && !error.isHouseTrouble) return null;
  throw error;
}

function orderOf(campaign: Campaign): Omit<RefineOrder, 'pictures'> {
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
    references: ready(campaign).map(({ name, purpose }) => ({ name, purpose })),
    colours: coloursOf(campaign),
    seconds: settings.seconds,
    aspect: settings.aspect,
    seed: campaign.seed,
  };
}
