import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FilmJob, type FilmRun, runFilm, useFfmpeg, withFolder } from '../../src/media/film.ts';

const DEBIAN_FFMPEG = '/usr/bin/ffmpeg';
const x264 = { preset: 'ultrafast', crf: '30' };

const smallFilm = (seconds: number): FilmJob => ({
  graph: [
    `testsrc2=s=160x90:r=24:d=${seconds},format=yuv420p,buffersink@v`,
    `sine=f=440:r=48000:d=${seconds},aformat=sample_fmts=fltp:channel_layouts=stereo,asetnsamples=1024:p=0,abuffersink@a`,
  ].join(';'),
  outputs: [
    {
      file: 'out.mp4',
      muxer: { movflags: '+faststart' },
      metadata: { title: 'Ünïcode = fine' },
      streams: [
        { sink: 'v', codec: 'libx264', options: x264 },
        { sink: 'a', codec: 'aac', options: { b: '64k' } },
      ],
    },
  ],
});

const countFrames = (file: string): FilmJob => ({
  graph: `movie=f=mov:filename=${file},buffersink@v`,
  outputs: [{ file: 'none', format: 'null', streams: [{ sink: 'v', codec: 'wrapped_avframe' }] }],
});

/** At the pace of a clock, so that waiting costs the machine nothing. */
const endless: FilmJob = {
  graph: 'testsrc2=s=160x90:r=48,realtime,buffersink@v',
  outputs: [{ file: 'none', format: 'null', streams: [{ sink: 'v', codec: 'wrapped_avframe' }] }],
};

const run = (folder: string, more: Partial<FilmRun> = {}): FilmRun => ({ folder, timeout: 15_000, ...more });

function makesFilms(): void {
  it('encodes picture and sound, and what it wrote decodes to as many frames', () =>
    withFolder(async (folder) => {
      expect(await runFilm(smallFilm(2), run(folder))).toMatchObject({ frames: 48 });
      expect(await runFilm(countFrames('out.mp4'), run(folder))).toMatchObject({ frames: 48 });
      const bytes = await readFile(join(folder, 'out.mp4'));
      expect(bytes.includes('Ünïcode = fine')).toBe(true);
      expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    }));

  it('stops after the frames asked for', () =>
    withFolder(async (folder) => {
      const still: FilmJob = {
        graph: 'testsrc2=s=160x90:r=24,format=rgb24,buffersink@v',
        outputs: [
          {
            file: 'still.png',
            format: 'image2',
            muxer: { update: '1' },
            streams: [{ sink: 'v', codec: 'png' }],
          },
        ],
        maxFrames: 1,
      };
      expect(await runFilm(still, run(folder))).toMatchObject({ frames: 1 });
      expect((await readFile(join(folder, 'still.png'))).subarray(1, 4).toString()).toBe('PNG');
    }));

  it('writes several files from one graph', () =>
    withFolder(async (folder) => {
      const two: FilmJob = {
        graph:
          'testsrc2=s=160x90:r=24:d=1,format=yuv420p,split[a][b];[a]buffersink@v;[b]scale=80:-2,buffersink@w',
        outputs: [
          { file: 'a.mp4', streams: [{ sink: 'v', codec: 'libx264', options: x264 }] },
          { file: 'b.mp4', streams: [{ sink: 'w', codec: 'libx264', options: x264 }] },
        ],
      };
      // The command line wants its sinks after a comma.
      two.graph = two.graph.replaceAll(']buffersink', ']null,buffersink');
      await runFilm(two, run(folder));
      expect(await runFilm(countFrames('b.mp4'), run(folder))).toMatchObject({ frames: 24 });
    }));

  it('tells how far it is, never backwards', () =>
    withFolder(async (folder) => {
      const heard: number[] = [];
      await runFilm(smallFilm(2), run(folder, { onFrames: (written) => heard.push(written) }));
      expect(heard.at(-1)).toBe(48);
      expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    }));

  it('says what the engine said when the graph is wrong', () =>
    withFolder(async (folder) => {
      const wrong = { ...endless, graph: 'movie=missing.mp4,buffersink@v' };
      await expect(runFilm(wrong, run(folder))).rejects.toMatchObject({
        name: 'Never',
        code: 'film-failed',
        message: expect.stringContaining('missing.mp4'),
      });
    }));
}

describe('with the FFmpeg of node-av', () => {
  makesFilms();

  it('kills a film that takes too long', () =>
    withFolder(async (folder) => {
      const began = Date.now();
      await expect(runFilm(endless, run(folder, { timeout: 600 }))).rejects.toMatchObject({
        code: 'film-timeout',
      });
      expect(Date.now() - began).toBeLessThan(4_000);
    }));

  it('calls a film off', () =>
    withFolder(async (folder) => {
      const off = AbortSignal.timeout(500);
      await expect(runFilm(endless, run(folder, { signal: off }))).rejects.toMatchObject({
        name: 'AbortError',
      });
    }));

  it('starts no film that was called off before', () =>
    withFolder(async (folder) => {
      const off = AbortSignal.abort();
      await expect(runFilm(smallFilm(1), run(folder, { signal: off }))).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(existsSync(join(folder, 'out.mp4'))).toBe(false);
    }));

  it('runs two at once and lets the third wait without using up its time', () =>
    withFolder(async (folder) => {
      const started: number[] = [];
      const lasting = (id: number) =>
        runFilm(endless, run(folder, { timeout: 1_000, onFrames: () => started.push(id) })).catch(() => id);
      const first = [lasting(1), lasting(2)];
      const third = lasting(3);
      await Promise.race(first);
      expect(new Set(started)).toEqual(new Set([1, 2]));
      await Promise.all([...first, third]);
      expect(started).toContain(3);
    }));

  it('keeps our environment from the child', () =>
    withFolder(async (folder) => {
      // `movie` expands nothing, so the way to see it is the child's own report to the system.
      const running = runFilm(endless, run(folder, { timeout: 900 })).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const mine = await childEnvironments();
      await running;
      expect(mine.length).toBeGreaterThan(0);
      for (const environment of mine) expect(environment.replace(/NODE_CHANNEL_\w+=\w+\0/g, '')).toBe('');
    }));
});

describe.runIf(existsSync(DEBIAN_FFMPEG))(
  `with the ffmpeg of the system (runs only where ${DEBIAN_FFMPEG} is installed)`,
  () => {
    beforeEach(() => useFfmpeg(DEBIAN_FFMPEG));
    afterEach(() => useFfmpeg(undefined));
    makesFilms();
  },
);

it('fails plainly when the ffmpeg that was named is not there', () =>
  withFolder(async (folder) => {
    useFfmpeg(join(folder, 'no-ffmpeg'));
    try {
      await expect(runFilm(endless, run(folder))).rejects.toMatchObject({ code: 'film-failed' });
    } finally {
      useFfmpeg(undefined);
    }
  }));

it('removes the folder, also after a failure', async () => {
  let kept = '';
  const failing = withFolder(async (folder) => {
    kept = folder;
    expect((await stat(folder)).isDirectory()).toBe(true);
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  expect(existsSync(kept)).toBe(false);
});

/** The environments of this process's children that run films, as Linux shows them. */
async function childEnvironments(): Promise<string[]> {
  const pids = (await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')).trim().split(' ');
  const named = await Promise.all(
    pids.map(async (pid) => ({ pid, command: await readFile(`/proc/${pid}/cmdline`, 'utf8') })),
  );
  const films = named.filter(({ command }) => command.includes('film-child'));
  return Promise.all(films.map(({ pid }) => readFile(`/proc/${pid}/environ`, 'utf8')));
}
