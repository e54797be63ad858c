import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeFilm } from '../../src/providers/sample/film.ts';
import { dropFolder } from './folder.ts';
import { openaiStandIn } from './openai.ts';
import { replicateStandIn } from './replicate.ts';
import { runwayService } from './runway.ts';

const made = new Map<number, ReturnType<typeof shoot>>();

/** A clip and a picture, as providers deliver them; made once. */
function delivered(seconds: number): ReturnType<typeof shoot> {
  const files = made.get(seconds) ?? shoot(seconds);
  made.set(seconds, files);
  return files;
}

async function shoot(seconds: number): Promise<{ film: Buffer; png: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-serve-'));
  const run = { scale: 0.3, signal: AbortSignal.timeout(60_000), onFrames: () => {} };
  const look = { colours: ['#0a7d5c', '#f4b942'], title: '', tagline: '' };
  const order = { prompt: 'Tea', seconds, aspect: '16:9', seed: 7, look, still: null } as const;
  const film = await readFile(await makeFilm(order, folder, run));
  await dropFolder(folder);
  const background = '#335577';
  const png = sharp({ create: { width: 1536, height: 864, channels: 3, background } }).png();
  return { film, png: await png.toBuffer() };
}

/** All providers at once, and the variables that lead Dailies to them. */
export async function providers({ seconds = 6, wait = { queue: 50, run: 100 } } = {}) {
  const { film, png } = await delivered(seconds);
  const openai = await openaiStandIn();
  const replicate = await replicateStandIn({ files: { mp4: film, png }, wait });
  const runway = await runwayService({ film, life: wait });
  return {
    openai,
    replicate,
    runway,
    variables: {
      OPENAI_API_KEY: openai.key,
      OPENAI_BASE_URL: openai.url,
      REPLICATE_API_TOKEN: replicate.token,
      REPLICATE_BASE_URL: replicate.url,
      RUNWAYML_API_SECRET: runway.apiKey,
      RUNWAYML_BASE_URL: runway.baseURL,
      ALLOW_PRIVATE_HOSTS: [replicate.host, runway.host].join(','),
    },
    close: () => Promise.all([openai.close(), replicate.close(), runway.close()]),
  };
}
