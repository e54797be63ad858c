import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type RunwayML, toFile } from '@runwayml/sdk';
import { ofUpload } from './trouble.ts';

/** Runway's limit for one data URI, as encoded. We stay below it with all of them together: the paid request is small and quick. */
const mostInline = 5 * 1024 * 1024 - 1;

type Uploads = Pick<RunwayML, 'uploads'>;

/** Pictures as URIs for a request: in the request while they are small, else uploaded (Runway keeps them for a day). */
export async function urisOf(
  paths: readonly string[],
  client: Uploads,
  signal: AbortSignal,
): Promise<string[]> {
  const uris: string[] = [];
  let left = mostInline;
  for (const path of paths) {
    const bytes = await readFile(path);
    const inline = dataUri(bytes);
    const fits = inline.length <= left;
    if (fits) left -= inline.length;
    uris.push(fits ? inline : await upload(basename(path), bytes, client, signal));
  }
  return uris;
}

const dataUri = (bytes: Buffer): string => `data:${mimeOf(bytes)};base64,${bytes.toString('base64')}`;

async function upload(name: string, bytes: Buffer, client: Uploads, signal: AbortSignal): Promise<string> {
  const file = await toFile(bytes, name, { type: mimeOf(bytes) });
  try {
    return (await client.uploads.createEphemeral({ file }, { signal })).uri;
  } catch (error) {
    throw ofUpload(error);
  }
}

const mimeOf = (bytes: Buffer): string => (bytes[0] === 0x89 ? 'image/png' : 'image/jpeg');
