import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFilm } from '../../src/media/check.ts';
import { inspect, probe } from '../../src/media/probe.ts';
import { dropFolder } from '../support/folder.ts';
import { makeClip } from './clips.ts';

let folder: string;
let whole: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'));
  const draw = 'noise=alls=40:allf=t';
  whole = await readFile(await makeClip(join(folder, 'whole.mp4'), { size: '320x180', draw }));
});
afterAll(() => dropFolder(folder));

async function given(bytes: Buffer | string): Promise<string> {
  const file = join(folder, 'given.mp4');
  await writeFile(file, bytes);
  return file;
}

const spoilt = (change: (bytes: Buffer) => void) => {
  const bytes = Buffer.from(whole);
  change(bytes);
  return bytes;
};

describe('a sound film', () => {
  it('is described as a viewer meets it', async () => {
    const film = await probe(await given(whole));
    expect(film).toEqual({
      ...{ seconds: 2, width: 320, height: 180, fps: 24, videoCodec: 'avc', audioCodec: 'aac' },
      ...{ bytes: whole.length, faststart: true },
    });
    expect(await checkFilm(await given(whole))).toEqual(film);
  });

  it('may be silent and have its index at the end', async () => {
    const file = await makeClip(join(folder, 'late.mp4'), { sound: false, muxer: {} });
    expect(await checkFilm(file)).toMatchObject({ audioCodec: null, faststart: false });
  });

  it('turned by its header is measured upright', async () => {
    const turned = spoilt((bytes) => {
      const matrix = bytes.indexOf('tkhd') + 4 + 40;
      [0, 0x10000, 0, -0x10000, 0, 0].forEach((value, i) => {
        bytes.writeInt32BE(value, matrix + 4 * i);
      });
    });
    expect(await inspect(await given(turned))).toMatchObject({ rotation: 90, width: 180, height: 320 });
  });

  it('may come in pieces, as streaming encoders write it', async () => {
    const muxer = { movflags: 'frag_keyframe+empty_moov' };
    const file = await makeClip(join(folder, 'pieces.mp4'), { muxer });
    expect(await checkFilm(file)).toMatchObject({ width: 160, faststart: true });
  });
});

describe('what is refused, each by its own name', () => {
  it.each([
    ['nothing', '', 'video-empty'],
    ['a web page', '<!DOCTYPE html><html>', 'video-not-a-video'],
    ['an answer of an API', '{"error":"expired"}', 'video-not-a-video'],
    ['a picture', '\x89PNG\r\n\x1a\n', 'video-not-a-video'],
    ['a playlist', '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n', 'video-playlist'],
    ['a playlist with a mark before it', '\ufeff#EXTM3U\n', 'video-playlist'],
    ['a list of files', 'ffconcat version 1.0\nfile /etc/passwd\n', 'video-playlist'],
    ['a manifest', '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash">', 'video-playlist'],
  ])('%s', async (_, text, code) => {
    await expect(probe(await given(text))).rejects.toMatchObject({ name: 'Never', code });
  });

  it('a film whose index came first and whose data stops in the middle', async () => {
    const half = whole.subarray(0, whole.length / 2);
    expect(half.includes('moov')).toBe(true);
    await expect(probe(await given(half))).rejects.toMatchObject({ code: 'video-truncated' });
  });

  it.each([4, 20, 40, 900])('a film cut off after %i bytes', async (bytes) => {
    await expect(probe(await given(whole.subarray(0, bytes)))).rejects.toMatchObject({
      name: 'Never',
      code: expect.stringMatching(/^video-(truncated|not-a-video)$/),
    });
  });

  it('a film cut off at the very end of its index', async () => {
    const upTo = whole.indexOf('mdat') - 4;
    await expect(probe(await given(whole.subarray(0, upTo)))).rejects.toMatchObject({
      code: 'video-truncated',
    });
  });

  it.each(['trak', 'stsd', 'stts', 'stsc', 'stco'])('a film whose %s is rubbish', async (box) => {
    const file = await given(
      spoilt((bytes) => bytes.fill(0xff, bytes.indexOf(box) + 4, bytes.indexOf(box) + 30)),
    );
    await expect(checkFilm(file)).rejects.toMatchObject({ code: 'video-damaged' });
  });

  it('a film of four billion frames, quickly', async () => {
    const file = await given(spoilt((bytes) => bytes.writeUInt32BE(0xffffffff, bytes.indexOf('stsz') + 12)));
    const began = Date.now();
    await expect(checkFilm(file)).rejects.toMatchObject({ code: 'video-damaged' });
    expect(Date.now() - began).toBeLessThan(3_000);
  });

  it('a film with one wrong byte, though no frame is missing', async () => {
    const file = await given(spoilt((bytes) => bytes.writeUInt8(0xa5, bytes.indexOf('mdat') + 60_000)));
    await expect(checkFilm(file)).rejects.toMatchObject({ code: 'video-damaged' });
  });

  it('a film with right boxes and wrong bytes in them: only decoding shows it', async () => {
    const file = await given(
      spoilt((bytes) => {
        for (let at = bytes.indexOf('mdat') + 5_000; at < bytes.length; at += 4_001)
          bytes[at] = 0x55 ^ (bytes[at] ?? 0);
      }),
    );
    expect(await probe(file)).toMatchObject({ seconds: 2 });
    await expect(checkFilm(file)).rejects.toMatchObject({ code: 'video-damaged' });
  });
});
