/** One JSON line per fact. Text that people wrote and secrets never belong in `facts`. */
export interface Log {
  info(what: string, facts?: Record<string, unknown>): void;
  error(what: string, facts?: Record<string, unknown>): void;
}

const plain = (_: string, value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;

/** Writes to a stream, at `info` or only at `error`. */
export function logTo(stream: NodeJS.WritableStream, level: 'info' | 'error', clock: () => number): Log {
  const write = (kind: string, what: string, facts: Record<string, unknown> = {}): void => {
    stream.write(`${JSON.stringify({ at: new Date(clock()).toISOString(), kind, what, ...facts }, plain)}\n`);
  };
  return {
    info: (what, facts) => (level === 'info' ? write('info', what, facts) : undefined),
    error: (what, facts) => write('error', what, facts),
  };
}
