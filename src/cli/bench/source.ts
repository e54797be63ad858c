import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sampleVideo } from '../../providers/sample/video.ts';

/** Serves a real film, padded to as many bytes as its path says: a box that players skip. */

const [folder = ''] = process.argv.slice(2);
const chunk = Buffer.alloc(65_536, 7);

async function shoot(): Promise<Buffer> {
  const wait = { queue: 0, run: 0 };
  const shop = join(folder, 'shop');
  const provider = sampleVideo({ folder: shop, clock: Date.now, price: () => 0, wait, scale: 0.2 });
  const look = { colours: [], title: 'Bench', tagline: '' };
  const order = { tag: 'bench', model: 'any', prompt: 'Tea', seconds: 2, aspect: '16:9', seed: 1 } as const;
  const sending = { signal: new AbortController().signal, guard: async () => undefined };
  const { prediction } = await provider.create({ ...order, look, still: null, references: [] }, sending);
  for (;;) {
    const progress = await provider.watch(prediction);
    if (progress.state === 'succeeded') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const file = join(folder, 'source.mp4');
  await provider.fetch(prediction, file, sending.signal);
  return readFile(file);
}

function* padded(film: Buffer, size: number): Generator<Buffer> {
  yield film;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size - film.length);
  head.write('free', 4);
  yield head;
  for (let left = size - film.length - head.length; left > 0; left -= chunk.length)
    yield chunk.subarray(0, Math.min(left, chunk.length));
}

const film = await shoot();
const server = createServer((request, response) => {
  const size = Number(request.url?.slice(1));
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': size });
  Readable.from(padded(film, size), { objectMode: false }).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
