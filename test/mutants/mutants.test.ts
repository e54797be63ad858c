import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutants } from './mutants.ts';

const path = (file: string) => new URL(`../../${file}`, import.meta.url);

test.each(mutants)(
  '$name: there is something to break, and who must notice',
  ({ file, instead, caughtBy }) => {
    expect(readFileSync(path(file), 'utf8')).toContain(instead[0]);
    for (const test of caughtBy) expect(existsSync(path(test))).toBe(true);
  },
);
