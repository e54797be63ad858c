import { readFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type Catalogue, isByName, Model, makesVideo } from '../campaign/model.ts';
import { Never } from '../errors.ts';

const ours = new URL('./models.yaml', import.meta.url);
const onlySamples: ReadonlySet<string> = new Set(['sample']);

const isPriced = ({ kinds, status, price }: Model): boolean =>
  status === 'retired' || kinds.includes('language') || (price.perSecond ?? price.perItem) !== undefined;

// What costs nothing as far as we know would pass every cap.
const Models = z.array(Model.refine(isPriced, { error: 'a price is missing', path: ['price'] }));

/**
 * The models that can run where these providers have a key; see `everyModel` and `available`.
 */
export async function readCatalogue(own?: string, providers = onlySamples): Promise<Catalogue> {
  return available(await everyModel(own), providers);
}

/**
 * The models there are: ours, and those of the operator's own file, which wins where ids meet.
 * Throws Never(`catalogue-unreadable`) that names every fault at once.
 */
export async function everyModel(own?: string): Promise<Catalogue> {
  const base = await readModels(ours, 'models.yaml');
  if (!own) return base;
  const more = await readModels(own, own);
  return [...base.filter((m) => !more.some((o) => o.id === m.id)), ...more];
}

/** Leaves out living models of other providers than these; names of retired ones stay, so that asking is answered. */
export const available = (catalogue: Catalogue, providers: ReadonlySet<string>): Catalogue =>
  catalogue.filter((m) => m.status === 'retired' || providers.has(m.provider));

/** A model as an entry of the file. */
export const entryFor = (model: Model): string => stringify([model]);

const lives = (model: Model): boolean => model.status !== 'retired' && !isByName(model);
const makesStills = (model: Model): boolean => model.kinds.includes('still');

/** What people can choose from: real models where there is a key, samples only of a kind that no key serves. */
export function offered(catalogue: Catalogue, connected: ReadonlySet<string>): Catalogue {
  const real = new Set(available(catalogue, connected));
  const unserved = [makesVideo, makesStills].filter((kind) => ![...real].some((m) => lives(m) && kind(m)));
  return catalogue.filter(
    (m) => real.has(m) || (m.provider === 'sample' && unserved.some((kind) => kind(m))),
  );
}

async function readModels(file: string | URL, name: string): Promise<Model[]> {
  const text = await readFile(file, 'utf8').catch(() => fail(name, 'it cannot be read'));
  const checked = Models.safeParse(parseYaml(text, name));
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
