import type { ChildProcess } from 'node:child_process';

export interface Ending {
  /** Null when the child was killed. */
  code: number | null;
  timedOut: boolean;
  aborted: boolean;
  /** The end of what the child wrote to stderr. */
  words: string;
}

const KEPT_WORDS = 2_000;

/** Waits for `child` to end; kills it after `timeout` milliseconds or on `signal`. Never rejects. */
export function watch(child: ChildProcess, timeout: number, signal?: AbortSignal): Promise<Ending> {
  const ending: Ending = { code: null, timedOut: false, aborted: false, words: '' };
  const stop = (reason: 'timedOut' | 'aborted') => {
    ending[reason] = true;
    child.kill('SIGKILL');
  };
  const abort = () => stop('aborted');
  const timer = setTimeout(() => stop('timedOut'), timeout);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    ending.words = (ending.words + text).slice(-KEPT_WORDS);
  });
  return new Promise((resolve) => {
    const end = (code: number | null) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve({ ...ending, code });
    };
    child.once('close', end);
    child.once('error', (error) => {
      ending.words ||= error.message;
      // A child that never started closes nothing.
      if (child.pid === undefined) end(null);
    });
  });
}
