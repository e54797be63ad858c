import { pipeline, type Readable, Transform } from 'node:stream';
import { Never } from '../errors.ts';

const ignore = (): void => {};

/**
 * The same bytes, ended with Never `image-too-large` at the first chunk beyond `mostBytes`. Whoever ends first,
 * source or reader, ends the other; errors of the source pass through `reword`.
 */
export function metered(body: Readable, mostBytes: number, reword: (error: unknown) => Error): Readable {
  let size = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > mostBytes) done(new Never('image-too-large', `more than ${mostBytes} bytes`));
      else done(null, chunk);
    },
  });
  // Ahead of pipeline's own listener, which would leave the bare error to whoever reads late.
  body.on('error', (error) => meter.destroy(reword(error)));
  pipeline(body, meter, ignore);
  return meter;
}

/** Lets go of a body nobody will read, and of its connection. */
export function drop(body: Readable): void {
  body.on('error', ignore).destroy();
}
