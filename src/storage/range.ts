/** Both ends included, as in HTTP. */
export interface Range {
  start: number;
  end: number;
}

const form = /^bytes=(\d*)-(\d*)$/;

/**
 * What a Range header asks of a file: one range, `null` for the whole (also where several are asked for, or
 * what is asked makes no sense), or `beyond` where the file has no such bytes.
 */
export function rangeOf(header: string | undefined, size: number): Range | 'beyond' | null {
  const [, first = '', last = ''] = form.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return suffix(Number(last), size);
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'beyond' : { start, end };
}

const suffix = (length: number, size: number): Range | 'beyond' =>
  length === 0 || size === 0 ? 'beyond' : { start: Math.max(0, size - length), end: size - 1 };
