import { spawn } from 'node:child_process';
import { constants, getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { watch } from '../../src/media/child.ts';

test('a child at work lets the process that answers people go first', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  const ended = watch(child, 10_000);
  expect(getPriority(child.pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
  child.stdin.end();
  expect(await ended).toMatchObject({ code: 0, timedOut: false });
});
