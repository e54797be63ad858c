import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropFolder } from '../folder.ts';

/** What a run of the tests leaves in the folder for temporary files, also by processes it killed, goes with it. */
export async function setup(): Promise<() => Promise<void>> {
  const usual = tmpdir();
  const folder = await mkdtemp(join(usual, 'dailies-tests-'));
  // PostgreSQL, which refuses to be root, has its files in there.
  await chmod(folder, 0o755);
  process.env['TMPDIR'] = folder;
  return async () => {
    process.env['TMPDIR'] = usual;
    await dropFolder(folder);
  };
}
