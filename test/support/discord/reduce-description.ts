/**
 * Cuts Discord's OpenAPI description down to what the stand-in serves, for test/fixtures/discord-openapi.json:
 *
 *     node test/support/discord/reduce-description.ts openapi.json > test/fixtures/discord-openapi.json
 *
 * `openapi.json` is https://github.com/discord/discord-api-spec, specs/openapi.json (MIT).
 */
import { readFileSync } from 'node:fs';
import { routes } from './routes.ts';

type Json = Record<string, unknown>;

interface Operation {
  requestBody?: { content: Json };
  responses: Record<string, { content?: Json } | undefined>;
}

interface Whole {
  info: Json;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

const whole = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Whole;
const json = (content: Json | undefined) => ({
  content: { 'application/json': content?.['application/json'] },
});

function operation(method: string, path: string): object {
  const found = whole.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`Discord does not describe ${method} ${path}`);
  const good = Object.entries(found.responses).filter(([status]) => status.startsWith('2'));
  return {
    ...(found.requestBody ? { requestBody: json(found.requestBody.content) } : {}),
    responses: Object.fromEntries(
      good.map(([status, given]) => [status, given?.content ? json(given.content) : {}]),
    ),
  };
}

const named = (node: unknown): string[] =>
  [...JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');

const paths: Record<string, Json> = {};
const wanted = [...routes, { method: 'GET', path: '/gateway/bot' }, { method: 'GET', path: '/gateway' }];
for (const { method, path } of wanted)
  paths[path] = { ...paths[path], [method.toLowerCase()]: operation(method, path) };

const kept = new Map<string, unknown>();
for (const queue = named(paths); queue.length > 0; ) {
  const name = queue.pop() ?? '';
  if (kept.has(name)) continue;
  kept.set(name, whole.components.schemas[name]);
  queue.push(...named(kept.get(name)));
}

/** One line for each schema and path, so that a newer description shows what changed. */
const lines = (entries: Iterable<[string, unknown]>): string =>
  [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n');

const source = 'https://github.com/discord/discord-api-spec, specs/openapi.json, 2026-07-18, MIT, reduced';
process.stdout.write(`{
"openapi": "3.1.0",
"info": ${JSON.stringify({ ...whole.info, source })},
"paths": {
${lines(Object.entries(paths))}
},
"components": { "schemas": {
${lines(kept)}
} }
}
`);
