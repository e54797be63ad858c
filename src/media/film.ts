import { fork, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Never } from '../errors.ts';
import { type Ending, watch } from './child.ts';
import { cliArguments } from './film-cli.ts';
import { limitTo } from './limit.ts';

/** One encoded stream: the graph's `buffersink@<sink>` or `abuffersink@<sink>` through `codec` (`libx264`, `aac`, `png`). */
export interface FilmStream {
  sink: string;
  codec: string;
  options?: Record<string, string>;
}

export interface FilmOutput {
  file: string;
  /** FFmpeg's name of the container; by the file's ending when left out. */
  format?: string;
  muxer?: Record<string, string>;
  metadata?: Record<string, string>;
  streams: FilmStream[];
}

export interface FilmJob {
  /** A filter graph that opens its own inputs (`movie=`) and ends in buffersinks. */
  graph: string;
  outputs: FilmOutput[];
  /** Stops after so many frames of each video stream. */
  maxFrames?: number;
}

export interface FilmRun {
  folder: string;
  /** Milliseconds of work; waiting for a place is not counted. */
  timeout: number;
  signal?: AbortSignal;
  onFrames?: (written: number) => void;
}

export interface FilmResult {
  /** Frames written of the first video stream. */
  frames: number;
  /** What the engine said on the way, though it succeeded; empty for a sound job. */
  complaints: string;
}

const CHILDREN_AT_ONCE = 2;
const place = limitTo(CHILDREN_AT_ONCE);
let cli: string | undefined;
let workshop: string | undefined;

/** From now on films are made by the ffmpeg at `path` (5.1 or newer); `undefined` returns to the FFmpeg of node-av. */
export function useFfmpeg(path: string | undefined): void {
  cli = path;
}

/** From now on working folders are made in `folder`; `undefined` returns to the system's place for them. */
export function workIn(folder: string | undefined): void {
  workshop = folder;
}

/**
 * Runs one filter graph in a child process whose working folder is `run.folder`; file names in the job are relative to it.
 * At most two run at once, the others wait their turn.
 *
 * @throws Never `film-failed` | `film-timeout`; an AbortError on `run.signal`.
 */
export async function runFilm(job: FilmJob, run: FilmRun): Promise<FilmResult> {
  try {
    return await place(() => (cli === undefined ? inNode(job, run) : inFfmpeg(cli, job, run)), run.signal);
  } catch (error) {
    throw run.signal?.aborted ? new DOMException('The film was called off', 'AbortError') : error;
  }
}

/** Hands `work` a fresh temporary folder and removes it afterwards, whatever happened. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(workshop ?? tmpdir(), 'dailies-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function inNode(job: FilmJob, run: FilmRun): Promise<FilmResult> {
  const child = fork(new URL('./film-child.ts', import.meta.url), {
    cwd: run.folder,
    env: {},
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let frames = 0;
  child.on('message', (written: number) => {
    frames = written;
    run.onFrames?.(frames);
  });
  // A child that dies early breaks the pipe; its ending tells why.
  child.send(job, () => undefined);
  const complaints = judge(await watch(child, run.timeout, run.signal));
  return { frames, complaints };
}

async function inFfmpeg(path: string, job: FilmJob, run: FilmRun): Promise<FilmResult> {
  const child = spawn(path, cliArguments(job), {
    cwd: run.folder,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let frames = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const last = [...text.matchAll(/^frame=\s*(\d+)/gm)].at(-1);
    if (!last) return;
    frames = Number(last[1]);
    run.onFrames?.(frames);
  });
  const complaints = judge(await watch(child, run.timeout, run.signal));
  return { frames, complaints };
}

function judge(ending: Ending): string {
  if (ending.timedOut) throw new Never('film-timeout');
  if (ending.code !== 0) throw new Never('film-failed', `film-failed: ${ending.words.trim()}`);
  return ending.words;
}
