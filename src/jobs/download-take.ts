import { takeOf } from '../campaign/campaign.ts';
import { Never } from '../errors.ts';
import { checkFilm } from '../media/check.ts';
import { withFolder } from '../media/film.ts';
import type { VideoProvider } from '../providers/video.ts';
import type { Storage } from '../storage/storage.ts';
import { type Job, repeatable } from './job.ts';

/** Makes a provider's file ours before it is gone: fetched, decoded to the end, kept. */
export const downloadTake = (parts: {
  videos: (model: string) => VideoProvider;
  storage: Storage;
}): Job<'download-take'> =>
  repeatable(async ({ take: n, output }, { campaign, workspace, signal, sent }) => {
    const take = takeOf(campaign, n);
    if (take?.state !== 'succeeded') return { done: true };
    return withFolder(async (folder) => {
      const file = `${folder}/take.mp4`;
      await parts.videos(take.model).fetch(output, file, signal);
      try {
        await checkFilm(file, signal);
      } catch (error) {
        if (!(error instanceof Never) || !error.code.startsWith('video-')) throw error;
        return { outcome: { type: 'take.garbage', take: n } };
      }
      const stored = await parts.storage.put({
        shelf: 'generated',
        workspace,
        ending: 'mp4',
        from: { file },
      });
      await sent();
      return { outcome: { type: 'take.downloaded', take: n, film: { ...stored, mime: 'video/mp4' } } };
    });
  });
