import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { runFilm, withFolder } from '../../src/media/film.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** A true PNG of one colour that is a few kilobytes small and enormous when opened. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

/** A one-tile HEIC as phones write them, grey-blue with a red left half, 128x96: the picture by x265, the boxes by hand. */
export function heic(): Promise<Buffer> {
  return withFolder(async (folder) => {
    await runFilm(
      {
        graph: 'color=0x204060:s=128x96:r=1:d=1,drawbox=w=64:h=96:c=red:t=fill,format=yuv420p,buffersink@v',
        outputs: [
          {
            file: 'one.mp4',
            streams: [{ sink: 'v', codec: 'libx265', options: { 'x265-params': 'log-level=none:info=0' } }],
          },
        ],
      },
      { folder, timeout: 15_000 },
    );
    const film = await readFile(join(folder, 'one.mp4'));
    return heifAround(boxIn(film, 'hvcC'), boxIn(film, 'mdat').subarray(8));
  });
}

function boxIn(bytes: Buffer, type: string): Buffer {
  const start = bytes.indexOf(type) - 4;
  return bytes.subarray(start, start + bytes.readUInt32BE(start));
}

function box(type: string, ...parts: (Buffer | number[] | string)[]): Buffer {
  const body = Buffer.concat([
    Buffer.from(type),
    ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 4);
  return Buffer.concat([size, body]);
}

function heifAround(hvcC: Buffer, sample: Buffer): Buffer {
  const full = [0, 0, 0, 0];
  const ftyp = box('ftyp', 'heic', full, 'mif1heic');
  const meta = (at: number) => {
    const place = Buffer.alloc(8);
    place.writeUInt32BE(at, 0);
    place.writeUInt32BE(sample.length, 4);
    return box(
      'meta',
      full,
      box('hdlr', full, full, 'pict', Buffer.alloc(13)),
      box('pitm', full, [0, 1]),
      box('iloc', full, [0x44, 0x00, 0, 1], [0, 1, 0, 0, 0, 1], place),
      box('iinf', full, [0, 1], box('infe', [2, 0, 0, 0], [0, 1, 0, 0], 'hvc1', [0])),
      box(
        'iprp',
        box('ipco', hvcC, box('ispe', full, [0, 0, 0, 128], [0, 0, 0, 96])),
        box('ipma', full, [0, 0, 0, 1], [0, 1, 2, 0x81, 0x02]),
      ),
    );
  };
  const before = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(before), box('mdat', sample)]);
}
