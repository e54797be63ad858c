import { copyFile, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { type Campaign, coloursOf, logoOf, takeOf } from '../campaign/campaign.ts';
import type { Frame } from '../campaign/file.ts';
import type { Aspect } from '../campaign/model.ts';
import { placements } from '../campaign/platform.ts';
import type { Take } from '../campaign/take.ts';
import { Never } from '../errors.ts';
import { withFolder } from '../media/film.ts';
import { type FinishOrder, finish } from '../media/finish.ts';
import { poster } from '../media/poster.ts';
import { type Film, probe } from '../media/probe.ts';
import type { Storage } from '../storage/storage.ts';
import { type Job, type JobContext, type JobResult, repeatable } from './job.ts';

interface Parts {
  storage: Storage;
  frame: (aspect: Aspect) => Frame;
}

/** Turns a provider's clip into a cut: exact frame and length, the real logo, the end card. */
export const finishTake = (parts: Parts): Job<'finish-take'> =>
  repeatable(async ({ take: n, cut }, context) => {
    const take = takeOf(context.campaign, n);
    if (take?.state !== 'downloaded' || !take.film) return { done: true };
    const { key } = take.film;
    return withFolder(async (folder) => {
      await parts.storage.fetchTo(key, `${folder}/take.mp4`);
      try {
        return await cutOf(take, cut, folder, context, parts);
      } catch (error) {
        if (!(error instanceof Never) || error.isHouseTrouble) throw error;
        return { outcome: { type: 'take.unfinished', take: n } };
      }
    });
  });

async function cutOf(
  take: Take,
  cut: string,
  folder: string,
  context: JobContext,
  parts: Parts,
): Promise<JobResult> {
  const { campaign, workspace, signal, sent } = context;
  const order = await orderOf(campaign, take, folder, parts);
  const progress = progressTo(take, context);
  const { film, notes } = await finish({ ...order, signal, onProgress: progress }).catch((error: unknown) =>
    asItIs(order, error),
  );
  const put = (file: string, ending: string) =>
    parts.storage.put({ shelf: 'generated', workspace, ending, from: { file } });
  const [stored, still] = await Promise.all([put(order.out, 'mp4'), put(order.poster, 'jpg')]);
  const { width = 1, height = 1 } = await sharp(order.poster).metadata();
  await sent();
  const { seconds } = film;
  return {
    outcome: {
      type: 'take.finished',
      take: take.n,
      cut,
      film: { ...stored, mime: 'video/mp4', width: film.width, height: film.height, seconds },
      poster: { ...still, mime: 'image/jpeg', width, height },
      notes,
    },
  };
}

/** Paid is paid: a clip that cannot be finished is delivered as the model made it, and the thread says so. */
async function asItIs(order: FinishOrder, error: unknown): Promise<{ film: Film; notes: string[] }> {
  if (!(error instanceof Never) || error.isHouseTrouble) throw error;
  const film = await probe(order.film);
  await poster(order.film, order.poster);
  await copyFile(order.film, order.out);
  return { film, notes: ['unfinished'] };
}

/** Milliseconds between two looks at the encoder: a person sees it move, and nobody is flooded. */
const betweenLooks = 700;

function progressTo(take: Take, { now, show }: JobContext): (fraction: number) => void {
  let last = now();
  return (fraction) => {
    if (now() - last < betweenLooks) return;
    last = now();
    void show({ state: 'running', fraction }, `progress:${take.n}`).catch(() => undefined);
  };
}

async function orderOf(
  campaign: Campaign,
  take: Take,
  folder: string,
  { storage, frame }: Parts,
): Promise<FinishOrder> {
  const { brief } = campaign;
  const logo = await logoBytes(campaign, folder, storage);
  const safe = brief.platform && placements[brief.platform].safe;
  return {
    film: `${folder}/take.mp4`,
    frame: frame(take.aspect),
    seconds: take.seconds,
    ...(logo ? { logo: { bytes: logo, corner: 'top-right', opacity: 1 } } : {}),
    ...(logo || brief.product ? { endCard: endCardOf(campaign, take.seconds) } : {}),
    ...(safe ? { safe } : {}),
    metadata: { title: brief.product ?? 'Dailies', comment: `take ${take.n}, ${take.model}` },
    out: `${folder}/cut.mp4`,
    poster: `${folder}/poster.jpg`,
  };
}

/** At most a third of the clip, so that the film is not eaten by its end. */
const endCardOf = (campaign: Campaign, seconds: number) => ({
  seconds: Math.min(2, seconds / 3),
  colours: coloursOf(campaign),
  title: campaign.brief.product ?? '',
  tagline: campaign.brief.tagline ?? '',
});

async function logoBytes(campaign: Campaign, folder: string, storage: Storage): Promise<Buffer | null> {
  const picture = logoOf(campaign)?.picture;
  if (!picture) return null;
  await storage.fetchTo(picture.key, `${folder}/logo`);
  return readFile(`${folder}/logo`);
}
