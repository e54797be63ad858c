import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Never } from '../errors.ts';
import { checkFilm } from './check.ts';
import { type Corner, placeMark } from './corner-mark.ts';
import { layCard, type Safe } from './end-card.ts';
import { runFilm, withFolder } from './film.ts';
import { finishJob, layOut, type Plan } from './finish-graph.ts';
import { type Framing, frameFilm } from './framing.ts';
import { patience, steadyRate } from './graph.ts';
import { type Logo, readLogo } from './logo.ts';
import type { Size } from './picture.ts';
import { frameAt, poster } from './poster.ts';
import { type Film, inspect, type Reel } from './probe.ts';

export interface FinishOrder {
  /** Path of the provider's clip. */
  film: string;
  /** Exact size of the result, even numbers. */
  frame: Size;
  /** Exact length of the result; where the clip is up to half a second shorter, its last frame is held. */
  seconds: number;
  logo?: { bytes: Buffer; corner: Corner; opacity: number };
  /** Lies over the last `seconds` of the clip, so that the length does not grow. */
  endCard?: { seconds: number; colours: string[]; title: string; tagline: string };
  /** Fractions of the frame that the platform covers with its own things. */
  safe?: Safe;
  metadata?: Record<string, string>;
  /** Where to write the MP4 and the JPEG. */
  out: string;
  poster: string;
  /** Milliseconds for the encode. */
  tempo?: { timeout: number };
  signal?: AbortSignal;
  /** From 0 to 1, as frames are written. */
  onProgress?: (fraction: number) => void;
}

export interface Finished {
  film: Film;
  poster: string;
  /**
   * What was done beyond the order, or could not be: `padded`, `cropped`, `last-frame-held`, `shorter-than-asked`,
   * `logo-without-transparency`, `logo-on-plate`, `title-left-out:Han`, `title-without-emoji` (and `tagline-…`).
   */
  notes: string[];
}

const ALL_FREE: Safe = { top: 0, right: 0, bottom: 0, left: 0 };
const MOST_HELD = 0.5;
const MOST_CARD = 0.6;
const SCENE_AT = 0.35;

/**
 * Turns a provider's clip into a finished one: exact frame and length, the real logo, the end card; one graph, one encode,
 * decoded again afterwards. Nothing is written where that fails.
 *
 * @throws Never what `probe` throws of the clip, `image-truncated` of the logo, `film-failed` | `film-timeout`
 */
export async function finish(order: FinishOrder): Promise<Finished> {
  const { plan, notes } = await prepare(order);
  return withFolder(async (folder) => {
    await layOut(plan, folder);
    const { width, height } = order.frame;
    const timeout = order.tempo?.timeout ?? patience(3 * order.seconds, width, height);
    await runFilm(finishJob(plan, 'out.mp4'), { folder, timeout, ...following(order, plan) });
    const made = join(folder, 'out.mp4');
    const still = join(folder, 'poster.jpg');
    const [film] = await Promise.all([verify(made, order.frame, plan), poster(made, still)]);
    await Promise.all([copyFile(made, order.out), copyFile(still, order.poster)]);
    return { film, poster: order.poster, notes };
  });
}

const following = ({ signal, onProgress }: FinishOrder, { frames }: Plan) => ({
  ...(signal ? { signal } : {}),
  ...(onProgress ? { onFrames: (written: number) => onProgress(Math.min(1, written / frames)) } : {}),
});

async function prepare(order: FinishOrder): Promise<{ plan: Plan; notes: string[] }> {
  const reel = await inspect(order.film);
  const rate = steadyRate(reel.fps);
  const seconds = Math.min(order.seconds, reel.seconds + MOST_HELD);
  const logo = order.logo ? await readLogo(order.logo.bytes) : null;
  const [framing, mark, card] = await Promise.all([
    frameFilm(order.film, reel, order.frame),
    logo && markOf(order, logo, reel),
    cardOf(order, logo, seconds, rate),
  ]);
  const plan: Plan = {
    ...{ film: order.film, reel, rate, mark, card },
    frames: Math.round(seconds * rate),
    framing: framing.graph,
    metadata: order.metadata ?? {},
  };
  return { plan, notes: notesOn(plan, order, framing, logo) };
}

async function markOf({ film, frame, safe = ALL_FREE, ...order }: FinishOrder, logo: Logo, reel: Reel) {
  const { corner, opacity } = order.logo ?? { corner: 'top-right', opacity: 1 };
  const scene = await frameAt(film, reel, SCENE_AT * reel.seconds);
  return { ...(await placeMark({ logo, corner, frame, safe, scene })), opacity };
}

async function cardOf(order: FinishOrder, logo: Logo | null, seconds: number, rate: number) {
  if (!order.endCard) return null;
  const { frame, safe = ALL_FREE, endCard } = order;
  const frames = Math.round(Math.min(endCard.seconds, MOST_CARD * seconds) * rate);
  return frames < 2 ? null : { ...(await layCard({ frame, safe, logo, ...endCard })), frames };
}

function notesOn(plan: Plan, order: FinishOrder, { mode }: Framing, logo: Logo | null): string[] {
  const [frame, seconds] = [1 / plan.rate, plan.frames / plan.rate];
  return [
    ...(mode === 'pad' ? ['padded'] : mode === 'crop' ? ['cropped'] : []),
    ...(seconds < order.seconds - frame ? ['shorter-than-asked'] : []),
    ...(plan.reel.seconds < seconds - frame ? ['last-frame-held'] : []),
    ...(logo?.opaque ? ['logo-without-transparency'] : []),
    ...(plan.mark?.plate ? ['logo-on-plate'] : []),
    ...(plan.card?.notes ?? []),
  ];
}

async function verify(file: string, frame: Size, plan: Plan): Promise<Film> {
  const film = await checkFilm(file);
  const wrong = film.width !== frame.width || film.height !== frame.height;
  if (wrong || Math.abs(film.seconds - plan.frames / plan.rate) > 0.5 / plan.rate)
    throw new Never('film-failed', `film-failed: ${film.width}x${film.height}, ${film.seconds} s`);
  return film;
}
