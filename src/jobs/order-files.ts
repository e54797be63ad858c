import type { Campaign } from '../campaign/campaign.ts';
import type { Picture } from '../campaign/file.ts';
import type { Purpose } from '../campaign/reference.ts';
import type { Clearance } from '../campaign/screening.ts';
import { withFolder } from '../media/film.ts';
import type { Storage } from '../storage/storage.ts';

/** Pictures of an order as files on this machine. */
export interface OrderFiles {
  still: string | null;
  references: { path: string; mime: string; purpose: Purpose }[];
}

export const noFiles: OrderFiles = { still: null, references: [] };

/**
 * Brings the picked still and the references to this machine for as long as a provider needs them; of the references
 * only those that were looked through before.
 */
export const withFiles = <T>(
  campaign: Campaign,
  still: Picture | null,
  clearance: Clearance | null,
  storage: Storage,
  use: (files: OrderFiles) => Promise<T>,
): Promise<T> =>
  withFolder(async (folder) => {
    const bring = async (picture: Picture, name: string): Promise<string> => {
      const path = `${folder}/${name}.${picture.mime === 'image/png' ? 'png' : 'jpg'}`;
      await storage.fetchTo(picture.key, path);
      return path;
    };
    const ready = campaign.references.filter((r) => r.state === 'ready' && isCleared(r.picture, clearance));
    const references = [];
    for (const [i, { picture, purpose }] of ready.entries())
      if (picture)
        references.push({ path: await bring(picture, `reference${i}`), mime: picture.mime, purpose });
    return use({ still: still && (await bring(still, 'still')), references });
  });

const isCleared = (picture: Picture | null, clearance: Clearance | null): boolean =>
  picture !== null && (clearance?.pictures.includes(picture.sha256) ?? false);
