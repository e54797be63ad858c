import { Never, TryLater } from '../errors.ts';

/** An error on its way between threads, where classes are lost. */
export interface Failed {
  kind: 'never' | 'later' | 'other';
  message: string;
  code: string;
  /** Of `later`. */
  delay: number;
  sent: boolean;
}

export function packed(error: unknown): Failed {
  const { message, code = '' } = error as NodeJS.ErrnoException;
  const plain = { message, code, delay: 0, sent: false };
  if (error instanceof TryLater) return { ...plain, kind: 'later', delay: error.delay, sent: error.sent };
  return { ...plain, kind: error instanceof Never ? 'never' : 'other' };
}

/** The error it was before. */
export function revived({ kind, message, code, delay, sent }: Failed): Error {
  if (kind === 'never') return new Never(code, message);
  if (kind === 'later') return new TryLater(message, { delay, sent });
  return Object.assign(new Error(message), { code });
}
