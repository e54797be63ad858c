import { rm } from 'node:fs/promises';

/** Takes a folder away, though work that is just being called off may still put a file into it. */
export const dropFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
