import type { FilmJob } from './film.ts';
import { encode } from './film-encode.ts';

// Whoever asked is gone: nobody will read the film.
process.on('disconnect', () => process.exit(1));

process.once('message', async (job: FilmJob) => {
  try {
    await encode(job, (written) => process.send?.(written));
    process.exitCode = 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    process.removeAllListeners('disconnect');
    process.disconnect();
  }
});
