import type { FileHandle } from 'node:fs/promises';
import { Never } from '../errors.ts';

/** A top-level box of an MP4 or MOV file: where it starts and how long it is, in bytes. */
export interface Box {
  type: string;
  start: number;
  size: number;
}

const HEADER = 16;

/** The top-level boxes of a file, in order. A box that reaches past the end of the file is `video-truncated`. */
export async function readBoxes(file: FileHandle, bytes: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let start = 0; start < bytes; ) {
    const box = await readBox(file, start, bytes);
    boxes.push(box);
    start += box.size;
  }
  return boxes;
}

async function readBox(file: FileHandle, start: number, bytes: number): Promise<Box> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER), 0, HEADER, start);
  if (bytesRead < 8) throw new Never('video-truncated');
  const type = buffer.toString('latin1', 4, 8);
  const size = sizeOf(buffer, bytes - start);
  if (!/^[\w -~]{4}$/.test(type) || size < 8) throw new Never('video-damaged', `a broken box at ${start}`);
  if (start + size > bytes) throw new Never('video-truncated', `${type} at ${start} is cut off`);
  return { type, start, size };
}

/** 0 means "to the end", 1 "see the 64 bits that follow". */
function sizeOf(header: Buffer, left: number): number {
  const short = header.readUInt32BE(0);
  if (short === 0) return left;
  return short === 1 ? Number(header.readBigUInt64BE(8)) : short;
}
