import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Catalogue, Model } from '../campaign/model.ts';
import { Never } from '../errors.ts';

const ours = new URL('./models.yaml', import.meta.url);

/**
 * The models there are: ours, and those of the operator's own file, which wins where ids meet.
 * Throws Never(`catalogue-unreadable`) that names every fault at once.
 */
export async function readCatalogue(own?: string): Promise<Catalogue> {
  const base = await readModels(ours, 'models.yaml');
  if (!own) return base;
  const more = await readModels(own, own);
  return [...base.filter((m) => !more.some((o) => o.id === m.id)), ...more];
}

async function readModels(file: string | URL, name: string): Promise<Model[]> {
  const text = await readFile(file, 'utf8').catch(() => fail(name, 'it cannot be read'));
  const checked = z.array(Model).safeParse(parseYaml(text, name));
  if (!checked.success) return fail(name, z.prettifyError(checked.error));
  return checked.data;
}

function parseYaml(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch {
    return fail(name, 'it is not YAML');
  }
}

function fail(name: string, why: string): never {
  throw new Never('catalogue-unreadable', `${name}: ${why}`);
}
