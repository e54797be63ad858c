import { invalid, no } from './refused.ts';
import type { Upload } from './wire.ts';

export interface Read {
  body: unknown;
  files: Map<string, Upload>;
}

/** JSON, or a form with `payload_json` and `files[n]`. */
export async function readBody(bytes: Buffer, type: string): Promise<Read> {
  if (bytes.length === 0) return { body: undefined, files: new Map() };
  if (type.startsWith('application/json')) return { body: parsed(bytes.toString('utf8')), files: new Map() };
  if (!type.startsWith('multipart/form-data'))
    throw invalid('', 'CONTENT_TYPE_INVALID', 'Expected "Content-Type" header to be application/json');
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const files = new Map<string, Upload>();
  for (const [key, value] of form) {
    if (typeof value === 'string') {
      if (key !== 'payload_json') throw invalid(key, 'UNKNOWN_FIELD', 'Only payload_json and files[n]');
      continue;
    }
    const number = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (number === undefined) throw invalid(key, 'UNKNOWN_FIELD', 'Only payload_json and files[n]');
    files.set(number, { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  const told = form.get('payload_json');
  return { body: typeof told === 'string' ? parsed(told) : {}, files };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw no('notJson');
  }
}
