import { parseArgs } from 'node:util';
import { isByName, type Model, makesVideo, stillPrice, takePrice } from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import { type Config, readConfig } from '../config.ts';
import { Never, TryLater } from '../errors.ts';
import { entryFor, everyModel } from '../providers/catalogue.ts';
import { checkModels, type Keys } from '../providers/catalogue-check.ts';
import { namesOf } from '../providers/catalogue-names.ts';
import { proposeReplicate } from '../providers/replicate/probe.ts';

const usage = `npm run models -- list [--json]     what can be ordered, and what each name gets today
npm run models -- check             compare the entries with their providers; needs their keys
npm run models -- add OWNER/NAME    propose an entry for a model of Replicate`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const day = (): string => new Date().toISOString().slice(0, 10);

function keysIn(config: Config): Keys {
  const { REPLICATE_API_TOKEN: token, REPLICATE_BASE_URL: replicate } = config;
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: openai } = config;
  return {
    ...(token ? { replicate: { token, ...(replicate ? { baseUrl: replicate } : {}) } } : {}),
    ...(apiKey ? { openai: { apiKey, ...(openai ? { baseURL: openai } : {}) } } : {}),
    ...(config.RUNWAYML_API_SECRET ? { runway: true } : {}),
  };
}

async function list(config: Config, json: boolean): Promise<void> {
  const models = await everyModel(config.MODELS_FILE);
  const keys = Object.keys(keysIn(config));
  const names = namesOf(models, new Set(keys), day());
  if (json) return say(JSON.stringify({ models, names }, null, 2));
  say(
    table(
      models.map((m) => [
        m.id,
        m.provider,
        price(m),
        isByName(m) ? 'by name only' : m.status,
        runs(m, names),
      ]),
    ),
  );
}

const runs = ({ id }: Model, names: ReturnType<typeof namesOf>): string => {
  const named = names.find(({ model }) => model === id);
  if (named?.needsKey) return `needs a key of ${named.needsKey}`;
  if (named?.runs === id) return '';
  return named?.runs ? `runs ${named.runs}` : 'steps aside where a provider has a key';
};

function price(model: Model): string {
  if (model.status === 'retired') return '';
  if (model.kinds.includes('language')) return 'by tokens';
  return makesVideo(model)
    ? `${inDollars(takePrice(model, 6))} for 6 s`
    : `${inDollars(stillPrice(model))} each`;
}

/** What no look at a provider proves. */
function left({ unproven = [] }: Model): string {
  const open = unproven.filter((each) => each !== 'inputs');
  return open.length > 0 ? `; unproven: ${open.join(', ')}` : '';
}

async function check(config: Config): Promise<void> {
  const found = await checkModels(await everyModel(config.MODELS_FILE), keysIn(config));
  if (found.length === 0) return say('No provider key is set: there is nobody to ask.');
  say(
    table(
      found.map(({ model, verdict, says }) => [
        model.id,
        model.provider,
        verdict,
        verdict === 'fits' ? `${says}${left(model)}` : says,
      ]),
    ),
  );
  if (found.some(({ verdict }) => verdict === 'differs' || verdict === 'gone')) process.exitCode = 1;
}

async function add(config: Config, slug: string): Promise<void> {
  const { replicate } = keysIn(config);
  if (!replicate)
    throw new Never('config', 'REPLICATE_API_TOKEN is not set: a schema is shown to accounts only.');
  const proposed = await proposeReplicate(replicate, slug, day());
  if (typeof proposed === 'string') throw new Never('config', proposed);
  const known = (await everyModel(config.MODELS_FILE)).find((m) => (m.slug ?? m.id) === slug);
  say(`# Fill in the price from https://replicate.com/${slug}, then keep this in your MODELS_FILE.`);
  if (known) say(`# The catalogue has it as ${known.id}; an entry with that id takes its place.`);
  say(entryFor(proposed).trimEnd());
}

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  });
  const [verb = 'list', slug = '', ...rest] = positionals;
  const config: Config = readConfig();
  if (verb === 'list' && slug === '') return list(config, values.json ?? false);
  if (verb === 'check' && slug === '') return check(config);
  if (verb === 'add' && /^[\w.-]+\/[\w.-]+$/.test(slug) && rest.length === 0) return add(config, slug);
  throw new Never('config', usage);
}

await run().catch((error: unknown) => {
  const ours = error instanceof Never || error instanceof TryLater;
  const wrongFlag =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${wrongFlag ? usage : ours ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
