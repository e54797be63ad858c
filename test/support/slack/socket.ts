import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const op = { text: 1, close: 8, ping: 9, pong: 10 };

/** The serving end of a WebSocket (RFC 6455): texts, pings and a proper farewell. */
export interface Socket {
  send(text: string): void;
  ping(): void;
  /** Says goodbye; `rude` cuts the line instead. */
  close(rude?: boolean): void;
}

export interface Hears {
  text(text: string): void;
  closed(): void;
}

export function acceptSocket(request: IncomingMessage, line: Duplex, hears: Hears): Socket {
  const key = String(request.headers['sec-websocket-key']);
  const accept = createHash('sha1').update(`${key}${guid}`).digest('base64');
  line.write(
    ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', ''].join('\r\n') +
      `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let waiting = Buffer.alloc(0);
  line.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (let frame = readFrame(waiting); frame; frame = readFrame(waiting)) {
      waiting = waiting.subarray(frame.size);
      take(frame);
    }
  });
  line.on('close', hears.closed);
  line.on('error', () => {});

  function take({ code, payload }: Frame): void {
    if (code === op.text) hears.text(payload.toString('utf8'));
    if (code === op.ping) write(op.pong, payload);
    if (code === op.close) {
      write(op.close, payload);
      line.end();
    }
  }

  const write = (code: number, payload: Buffer) => void (line.writable && line.write(frameOf(code, payload)));

  return {
    send: (text) => write(op.text, Buffer.from(text)),
    ping: () => write(op.ping, Buffer.from('ping')),
    close: (rude = false) => void (rude ? line.destroy() : write(op.close, Buffer.from([3, 232]))),
  };
}

interface Frame {
  code: number;
  payload: Buffer;
  size: number;
}

/** A client's frame, masked and in one piece; undefined until all of it is there. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const header = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  if (bytes.length < header + 4) return undefined;
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const size = header + 4 + length;
  if (bytes.length < size) return undefined;
  const mask = bytes.subarray(header, header + 4);
  const payload = Buffer.from(bytes.subarray(header + 4, size));
  for (let i = 0; i < length; i += 1) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return { code: bytes.readUInt8(0) & 0x0f, payload, size };
}

function frameOf(code: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header.writeUInt8(0x80 | code, 0);
  header.writeUInt8(length < 126 ? length : length < 65_536 ? 126 : 127, 1);
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}
