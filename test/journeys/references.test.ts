import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auroraLogo, type Stage, stage, worded } from './stage.ts';

let server: Server;
let host: string;
let it: Stage | undefined;

/** A picture as a phone writes it: lying on its side, with the place it was taken. */
const photo = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: '#208040' } })
    .withExif({ IFD3: { GPSLatitude: '48/1 8/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

beforeAll(async () => {
  const bytes = await photo();
  server = createServer((request, response) => {
    const there = request.url === '/mood.jpg';
    response.writeHead(there ? 200 : 404, { 'content-type': 'image/jpeg' });
    response.end(there ? bytes : undefined);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});
afterEach(() => it?.close());

const settled = (c: { references: readonly { state: string }[] }) =>
  c.references.length > 0 && c.references.every((r) => r.state !== 'fetching');

describe('references by file and by link', () => {
  test('both are kept as ours: upright, re-encoded, without metadata, with their purpose', async () => {
    it = await stage({ environment: { ALLOW_PRIVATE_HOSTS: host } });
    await it.type(`/video Tea --logo "${auroraLogo}" --reference http://${host}/mood.jpg`);
    const { references } = await it.until((c) => settled(c) && worded(1)(c));
    expect(references).toMatchObject([
      { state: 'ready', purpose: 'logo', picture: { mime: 'image/png' } },
      { state: 'ready', purpose: 'style', picture: { width: 600, height: 900 } },
    ]);
    const kept = it.app.storage.path(references[1]?.picture?.key ?? '') ?? '';
    expect((await sharp(kept).metadata()).exif).toBeUndefined();
    expect(kept).toContain(join(it.folder, 'references', 'w'));
  });

  test('a link into the private network is refused, and the reason is said', async () => {
    it = await stage();
    await it.type(`/video Tea --reference https://${host}/mood.jpg`);
    const { references } = await it.until(settled);
    await it.idle();
    expect(references).toMatchObject([{ state: 'refused', code: 'link-private' }]);
    expect(it.printed()).toContain('not on the public internet');
  });

  test('a dead link is named, and the campaign goes on', async () => {
    it = await stage({ environment: { ALLOW_PRIVATE_HOSTS: host } });
    await it.type(`/video Tea --reference http://${host}/gone.jpg`);
    await it.until((c) => settled(c) && worded(1)(c));
    await it.idle();
    expect(it.printed()).toContain('there is nothing at that address');
  });

  test('a picture dropped into the conversation later joins the others', async () => {
    it = await stage({ environment: { ALLOW_PRIVATE_HOSTS: host } });
    await it.type('/video Tea');
    await it.until(worded(1));
    await it.type(`use this look --reference http://${host}/mood.jpg`);
    const { references } = await it.until(settled);
    expect(references).toMatchObject([{ state: 'ready', purpose: 'style' }]);
    await it.type('/video-compare 4s');
    expect(it.printed()).toContain('4 s in 16:9, following one reference: models compared');
    expect(it.printed()).toContain('about $0.40 · ready in about 8 s · highest quality · follows it');
  });
});
