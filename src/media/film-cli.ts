import type { FilmJob, FilmOutput } from './film.ts';

/** The same job in the words of the ffmpeg command line. */
export function cliArguments(job: FilmJob): string[] {
  const graph = job.graph.replace(/,\s*a?buffersink@(\w+)/g, '[$1]');
  const frames = job.maxFrames === undefined ? [] : ['-frames:v', String(job.maxFrames)];
  return [
    ...['-nostdin', '-v', 'error', '-y', '-progress', 'pipe:1', '-filter_complex', graph],
    ...job.outputs.flatMap((output) => [...outputArguments(output), ...frames, output.file]),
  ];
}

function outputArguments(output: FilmOutput): string[] {
  const streams = output.streams.flatMap((stream, index) => [
    ...['-map', `[${stream.sink}]`, `-c:${index}`, stream.codec],
    ...flags(stream.options, `:${index}`),
  ]);
  const tags = Object.entries(output.metadata ?? {}).flatMap(([key, value]) => [
    '-metadata',
    `${key}=${value}`,
  ]);
  const format = output.format === undefined ? [] : ['-f', output.format];
  return [...streams, '-fps_mode', 'passthrough', ...tags, ...flags(output.muxer), ...format];
}

function flags(options: Record<string, string> = {}, suffix = ''): string[] {
  return Object.entries(options).flatMap(([key, value]) => [`-${key}${suffix}`, value]);
}
