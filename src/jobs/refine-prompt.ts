import { readFile } from 'node:fs/promises';
import { type Campaign, coloursOf, lastRevision, mustNotsOf, steeringIn } from '../campaign/campaign.ts';
import { tagFor } from '../campaign/mention.ts';
import type { Catalogue } from '../campaign/model.ts';
import { offerFor } from '../campaign/offer.ts';
import type { Reference } from '../campaign/reference.ts';
import { isRefusal } from '../campaign/refusal.ts';
import { Never } from '../errors.ts';
import { withFolder } from '../media/film.ts';
import { sketch } from '../media/picture.ts';
import type { FilmLimits, LanguageProvider, RefineOrder, RefineReference } from '../providers/language.ts';
import type { Storage } from '../storage/storage.ts';
import { type Job, repeatable } from './job.ts';
import { refusalIn } from './refusal-in.ts';

interface Parts {
  language: LanguageProvider;
  catalogue: () => Catalogue;
  storage: Pick<Storage, 'fetchTo'>;
}

/** Words the prompt anew. Where the model cannot, the campaign goes on with the person's own words. */
export const refinePrompt = ({ language, catalogue, storage }: Parts): Job<'refine-prompt'> =>
  repeatable(async ({ n }, { campaign, signal, sent }) => {
    if (campaign.refining?.n !== n) return { done: true };
    let cost = 0;
    const charged = (micros: number) => {
      cost += micros;
    };
    try {
      const references = await referencesOf(campaign, storage);
      const order = { ...orderOf(campaign), references, film: filmOf(campaign, catalogue()) };
      const refinement = await language.refine(order, signal, charged);
      await sent();
      return { outcome: { type: 'prompt.refined', n, refinement, cost } };
    } catch (error) {
      const { reason } = refusalIn(error);
      return { outcome: { type: 'prompt.unrefined', n, reason, cost } };
    }
  });

/** What every prompt has to keep to, whichever model steps in. */
const mostCharacters = 900;

function filmOf(campaign: Campaign, catalogue: Catalogue): FilmLimits | null {
  const offer = offerFor(campaign, catalogue);
  if (isRefusal(offer)) return null;
  const { model, still, first } = offer;
  const characters = Math.min(mostCharacters, model.inputs?.prompt.most ?? mostCharacters);
  return { model: model.name, characters, fromPicture: still !== null || first !== null };
}

const mostShown = 6;
/** Pixels: as much as a model looks at when it is to look cheaply. */
const sketchSide = 512;

/** Those that a model follows come first, in the order in which it is given them. */
async function referencesOf(campaign: Campaign, storage: Parts['storage']): Promise<RefineReference[]> {
  const steering = steeringIn(campaign);
  const others = campaign.references.filter((r) => r.state === 'ready' && !steering.includes(r));
  const all = [...steering, ...others];
  const sketches = await Promise.all(all.slice(0, mostShown).map((each) => sketchOf(each, storage)));
  return all.map(({ name, purpose }, i) => ({
    name,
    purpose,
    tag: i < steering.length ? tagFor(i + 1) : null,
    picture: sketches[i] ?? null,
  }));
}

/** A picture whose time is over, or that cannot be read, is described by its name alone. */
async function sketchOf({ picture }: Reference, storage: Parts['storage']): Promise<Buffer | null> {
  if (!picture) return null;
  try {
    return await withFolder(async (folder) => {
      await storage.fetchTo(picture.key, `${folder}/picture`);
      return sketch(await readFile(`${folder}/picture`), sketchSide);
    });
  } catch (error) {
    if (error instanceof Never && !error.isHouseTrouble) return null;
    throw error;
  }
}

function orderOf(campaign: Campaign): Omit<RefineOrder, 'references' | 'film'> {
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
    mustNots: mustNotsOf(campaign).map((m) => m.words),
    voice: campaign.kit?.voice?.words ?? null,
    notes: campaign.notes.map((note) => note.words),
    previous: revision ? { still: revision.still.words, motion: revision.motion.words } : null,
    colours: coloursOf(campaign),
    seconds: settings.seconds,
    aspect: settings.aspect,
    seed: campaign.seed,
  };
}
