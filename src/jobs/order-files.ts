import { readFile, writeFile } from 'node:fs/promises';
import type { Campaign } from '../campaign/campaign.ts';
import type { Frame, Picture } from '../campaign/file.ts';
import type { Purpose } from '../campaign/reference.ts';
import type { Clearance } from '../campaign/screening.ts';
import { withFolder } from '../media/film.ts';
import { fitPicture } from '../media/picture.ts';
import type { Storage } from '../storage/storage.ts';

/** Pictures of an order as files on this machine. */
export interface OrderFiles {
  still: string | null;
  last: string | null;
  references: { path: string; mime: string; purpose: Purpose }[];
}

export const noFiles: OrderFiles = { still: null, last: null, references: [] };

/** Pictures that belong to an order: its frames, in the shape of the film, and the ids of its references. */
interface OrderPictures {
  still?: Picture | null;
  last?: Picture | null;
  references: readonly string[];
  clearance: Clearance | null;
}

/**
 * Brings the pictures of an order to this machine for as long as a provider needs them; of the references only those
 * that were looked through before. A frame of another shape than `frame` is cropped to it.
 */
export const withFiles = <T>(
  campaign: Campaign,
  { still = null, last = null, references, clearance }: OrderPictures,
  { storage, frame }: { storage: Storage; frame: Frame },
  use: (files: OrderFiles) => Promise<T>,
): Promise<T> =>
  withFolder(async (folder) => {
    const bring = async (picture: Picture, name: string): Promise<string> => {
      const path = `${folder}/${name}.${picture.mime === 'image/png' ? 'png' : 'jpg'}`;
      await storage.fetchTo(picture.key, path);
      return path;
    };
    const bringFrame = async (picture: Picture | null, name: string): Promise<string | null> =>
      picture && fitted(await bring(picture, name), picture, frame);
    const along = [];
    for (const { id, picture, purpose } of ready(campaign, references))
      if (picture && isCleared(picture, clearance))
        along.push({ path: await bring(picture, `reference-${id}`), mime: picture.mime, purpose });
    return use({
      still: await bringFrame(still, 'still'),
      last: await bringFrame(last, 'last'),
      references: along,
    });
  });

const ready = (campaign: Campaign, ids: readonly string[]) =>
  ids.flatMap((id) => campaign.references.filter((r) => r.id === id && r.state === 'ready'));

const isCleared = (picture: Picture, clearance: Clearance | null): boolean =>
  clearance?.pictures.includes(picture.sha256) ?? false;

/** Providers film the shape of the first frame, whatever else is asked for. */
async function fitted(path: string, picture: Picture, frame: Frame): Promise<string> {
  if (Math.abs(picture.width / picture.height - frame.width / frame.height) < 0.01) return path;
  const { bytes } = await fitPicture(await readFile(path), frame);
  await writeFile(`${path}.png`, bytes);
  return `${path}.png`;
}
