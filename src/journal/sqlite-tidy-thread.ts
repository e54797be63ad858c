import { setTimeout as pause } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { openFile } from './sqlite-file.ts';
import { checkpoint, rushed } from './sqlite-tidy.ts';

/** Milliseconds between two rounds; and how many in a row find next to nothing before it is over. */
const between = 200;
const enough = 20;

/** Moves what is worth it, round after round, while the writers go on. */
const file = openFile((workerData as { path: string }).path);
for (let idle = 0; idle < enough; await pause(between)) idle = checkpoint(file, rushed) ? 0 : idle + 1;
file.close();
