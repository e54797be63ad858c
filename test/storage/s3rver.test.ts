import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { openMover } from '../../src/storage/mover.ts';
import { s3 } from '../../src/storage/s3.ts';
import { type StorageWorld, storageContract } from '../contracts/storage.ts';

const bucket = 'dailies-test';

/** A second opinion: somebody else's S3 server, whose objects are files. */
async function s3rverWorld(): Promise<StorageWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'dailies-s3rver-'));
  const where = { port: 0, address: '127.0.0.1', silent: true, directory };
  const server = new S3rver({ ...where, configureBuckets: [{ name: bucket, configs: [] }] });
  const { port } = await server.run();
  const mover = openMover();
  const objects = () =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('._S3rver_object'),
    );
  return {
    storage: s3({
      ...{ endpoint: `http://127.0.0.1:${port}`, bucket, region: 'us-east-1' },
      ...{ keyId: 'S3RVER', secretKey: 'S3RVER', secret: Buffer.from('x'), baseUrl: 'https://dailies.test' },
      ...{ clock: Date.now, mover },
    }),
    now: Date.now,
    pass: () => false,
    count: async () => objects().length,
    async spoil(key) {
      for (const name of objects()) if (name.includes(key)) writeFileSync(join(directory, name), 'spoiled');
    },
    async end() {
      await mover.close();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

storageContract('s3rver', s3rverWorld, { readFirstByte: 's3rver takes an end of 0 for none' });
