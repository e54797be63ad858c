import { homedir } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path on this machine, absolute, so that it still leads there after a restart from elsewhere. */
export function pathOf(raw: string): string {
  if (/^file:\/\//i.test(raw)) return URL.canParse(raw) ? fromFileLink(raw) : raw;
  return resolve(raw.replace(/^~(?=$|\/)/, () => homedir()));
}

function fromFileLink(raw: string): string {
  try {
    return fileURLToPath(raw);
  } catch {
    return raw;
  }
}

/** As short as it can be written in the folder we were started in, and still leads there. */
export function fromHere(path: string): string {
  const short = isAbsolute(path) ? relative(process.cwd(), path) : '';
  return short === '' || isAbsolute(short) || /^\.\.(?:[\\/]|$)/.test(short) ? path : short;
}
