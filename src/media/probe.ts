import { type FileHandle, open } from 'node:fs/promises';
import { FilePathSource, Input, type InputVideoTrack, MP4, QTFF } from 'mediabunny';
import { Never } from '../errors.ts';
import { readBoxes } from './boxes.ts';

/** A video file as a viewer meets it: after rotation, seconds of the picture track. */
export interface Film {
  seconds: number;
  width: number;
  height: number;
  fps: number;
  videoCodec: string;
  audioCodec: string | null;
  bytes: number;
  /** The index stands before the data, so that players start before everything has arrived. */
  faststart: boolean;
}

/** What a filter graph must know beyond that. */
export interface Reel extends Film {
  /** Degrees clockwise that a player turns the frames. */
  rotation: 0 | 90 | 180 | 270;
  frames: number;
  /** The tagged YUV matrix (`bt709`, `smpte170m`), if there is one. */
  matrix: string | null;
}

const MAX_INDEX_BYTES = 64 * 1024 * 1024;
const FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip']);

/**
 * Looks at an MP4 or MOV file without decoding it.
 *
 * @throws Never `video-empty` | `video-not-a-video` | `video-playlist` | `video-truncated` | `video-damaged`
 */
export async function probe(file: string): Promise<Film> {
  const { rotation: _, frames: __, matrix: ___, ...film } = await inspect(file);
  return film;
}

/** As `probe`, with what a filter graph must know. */
export async function inspect(file: string): Promise<Reel> {
  const layout = await readLayout(file);
  const input = new Input({ source: new FilePathSource(file), formats: [MP4, QTFF] });
  try {
    return { ...(await readTracks(input)), ...layout };
  } catch (error) {
    if (error instanceof Never) throw error;
    throw new Never('video-damaged', 'video-damaged: the index cannot be read', { cause: error });
  } finally {
    input.dispose();
  }
}

async function readLayout(file: string): Promise<{ bytes: number; faststart: boolean }> {
  const handle = await open(file);
  try {
    const { size: bytes } = await handle.stat();
    if (bytes === 0) throw new Never('video-empty');
    await sniff(handle);
    const boxes = await readBoxes(handle, bytes);
    const index = boxes.find((box) => box.type === 'moov');
    const data = boxes.find((box) => box.type === 'mdat');
    if (!index || !data) throw new Never('video-truncated', `no ${index ? 'mdat' : 'moov'}`);
    if (index.size > MAX_INDEX_BYTES) throw new Never('video-damaged', 'the index is absurdly long');
    return { bytes, faststart: index.start < data.start };
  } finally {
    await handle.close();
  }
}

async function sniff(handle: FileHandle): Promise<void> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(200), 0, 200, 0);
  const head = buffer.toString('latin1', 0, bytesRead);
  if (FIRST_BOXES.has(head.slice(4, 8))) return;
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^(#EXTM3U|ffconcat|\[playlist\]|<\?xml[^>]*>\s*<MPD|<MPD)/i.test(text))
    throw new Never('video-playlist');
  throw new Never('video-not-a-video', `video-not-a-video: ${JSON.stringify(head)}`);
}

async function readTracks(input: Input): Promise<Omit<Reel, 'bytes' | 'faststart'>> {
  const video = await input.getPrimaryVideoTrack();
  if (!video) throw new Never('video-damaged', 'no picture track');
  const [picture, seconds] = await Promise.all([readPicture(video), video.computeDuration()]);
  const audio = await input.getPrimaryAudioTrack();
  const start = Math.max(0, await video.getFirstTimestamp());
  const length = seconds - start;
  if (!(length > 0) || picture.frames === 0) throw new Never('video-damaged', 'no frames');
  return { ...picture, seconds: length, audioCodec: audio ? ((await audio.getCodec()) ?? 'unknown') : null };
}

async function readPicture(video: InputVideoTrack) {
  const [stats, codec, width, height, rotation, colours] = await Promise.all([
    video.computePacketStats(),
    video.getCodec(),
    video.getDisplayWidth(),
    video.getDisplayHeight(),
    video.getRotation(),
    video.getColorSpace(),
  ]);
  return {
    ...{ width, height, rotation, videoCodec: codec ?? 'unknown', matrix: colours.matrix ?? null },
    ...{ frames: stats.packetCount, fps: stats.averagePacketRate },
  };
}
