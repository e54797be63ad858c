import { execFileSync } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Wanted {
  /** Its programs; all must stand in one folder. */
  programs: readonly string[];
  /** Folders beside the PATH where it may be, with `*`. */
  folders: readonly string[];
  /** Debian's package that brings it. */
  debian: string;
  /** What a person is told to do where none of this helps. */
  advice: string;
}

/** The folder that has the programs: on this machine already, or brought by Debian's package where we may. */
export function folderOf(wanted: Wanted): string {
  return look(wanted) ?? install(wanted) ?? fail(wanted);
}

function look({ programs, folders }: Wanted): string | undefined {
  const inPath = (process.env['PATH'] ?? '').split(delimiter);
  const all = [...inPath, ...folders.flatMap((pattern) => globSync(pattern).sort().reverse())];
  return all.find((folder) => programs.every((program) => isProgram(join(folder, program))));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function install(wanted: Wanted): string | undefined {
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return undefined;
  const quietly = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update'], quietly);
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', wanted.debian], quietly);
  } catch {
    return undefined;
  }
  return look(wanted);
}

function fail({ advice }: Wanted): never {
  throw new Error(advice);
}
