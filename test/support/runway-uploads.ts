import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { say } from './runway-say.ts';
import type { Book } from './runway-tasks.ts';

export interface Uploads {
  promise(response: ServerResponse, bytes: Buffer): undefined;
  take(request: IncomingMessage, response: ServerResponse, bytes: Buffer): Promise<undefined>;
  reachable(uri: string): boolean;
}

const Wanted = z.strictObject({ filename: z.string().min(3), type: z.literal('ephemeral') });
const mostInline = 5 * 1024 * 1024;

/** Places for files that a request can name: promised first, then filled by a form. */
export function openUploads(baseURL: string, book: Book): Uploads {
  const places = new Map<string, number>();
  return {
    promise(response, bytes) {
      const wanted = Wanted.safeParse(JSON.parse(bytes.toString()));
      if (!wanted.success) return say(response, 400, { error: 'Validation of body failed' });
      const id = randomUUID();
      places.set(id, 0);
      const fields = { key: id, policy: 'signed' };
      say(response, 200, { uploadUrl: `${baseURL}/storage/${id}`, fields, runwayUri: `runway://${id}` });
    },
    async take(request, response, bytes) {
      const id = request.url?.split('/').at(-1) ?? '';
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const form = await new Response(new Uint8Array(bytes), { headers }).formData().catch(() => null);
      const file = form?.get('file');
      const signed = form?.get('key') === id && form.get('policy') === 'signed';
      if (!places.has(id) || !signed || !(file instanceof File) || file.size === 0)
        return say(response, 403, { error: 'AccessDenied' });
      places.set(id, file.size);
      book.note({ kind: 'uploaded', path: `runway://${id}`, bytes: file.size });
      response.writeHead(204).end();
    },
    reachable: (uri) => {
      if (uri.startsWith('runway://')) return (places.get(uri.slice('runway://'.length)) ?? 0) > 0;
      if (uri.startsWith('data:')) return isPicture(uri);
      return /^https:\/\/[a-z0-9.-]*[a-z]\//i.test(uri) && uri.length <= 2048;
    },
  };
}

const isPicture = (uri: string): boolean =>
  uri.length < mostInline && /^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/.test(uri);
