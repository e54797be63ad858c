import { readFile, writeFile } from 'node:fs/promises';
import { Never } from '../errors.ts';
import type { PictureAnswer, PictureOrder } from './intake.ts';
import { decodePicture } from './picture-decode.ts';
import { codeOf } from './studio.ts';

// Whoever asked is gone: nobody will read the picture.
process.on('disconnect', () => process.exit(1));

process.once('message', async (order: PictureOrder) => {
  process.send?.(await answer(order), () => process.exit(0));
});

async function answer(order: PictureOrder): Promise<PictureAnswer> {
  try {
    const { bytes, ...picture } = await decodePicture(await readFile('in'), order);
    await writeFile('out', bytes);
    return { picture };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { never: error instanceof Never ? error.code : codeOf(message), message };
  }
}
