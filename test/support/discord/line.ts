import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';
import type { Line } from './session.ts';

const ending = Buffer.from([0, 0, 0xff, 0xff]);

export function newLine(socket: WebSocket, query: URLSearchParams): Line {
  const write =
    query.get('compress') === 'zlib-stream' ? deflated(socket) : (text: string) => socket.send(text);
  return {
    socket,
    version: query.get('v') ?? '',
    session: null,
    commands: [],
    send(packet) {
      if (socket.readyState === socket.OPEN) write(JSON.stringify(packet));
    },
    close: (code, reason = '') => socket.close(code, reason),
  };
}

/** One stream for the whole connection; a packet ends where it is flushed. */
function deflated(socket: WebSocket): (text: string) => void {
  const stream = createDeflate();
  let chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    const all = Buffer.concat(chunks);
    if (!all.subarray(-4).equals(ending)) return;
    chunks = [];
    if (socket.readyState === socket.OPEN) socket.send(all);
  });
  return (text) => {
    stream.write(text);
    stream.flush(constants.Z_SYNC_FLUSH);
  };
}
