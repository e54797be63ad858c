import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gauge } from './gauge.ts';

const [, folder = ''] = process.argv.slice(2);

await gauge(async (url) => {
  const { body } = await fetch(url);
  const hash = createHash('sha256');
  await pipeline(
    body as unknown as AsyncIterable<Buffer>,
    async function* (parts) {
      for await (const part of parts) {
        hash.update(part);
        yield part;
      }
    },
    createWriteStream(join(folder, 'plain.mp4')),
  );
});
