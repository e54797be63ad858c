import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Refused } from './refused.ts';

type Json = Record<string, unknown>;

interface Operation {
  requestBody?: { content: { 'application/json': { schema: Json } } };
  responses: Record<string, { content?: { 'application/json': { schema: Json } } }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

const file = new URL('../../fixtures/discord-openapi.json', import.meta.url);
const description = JSON.parse(readFileSync(file, 'utf8')) as Description;

/** Fields that Discord takes since its description was written, or that this one leaves out. */
const newer: Record<string, Json> = {
  ApplicationCommandAttachmentOption: {
    file_types: { type: ['array', 'null'], maxItems: 10, items: fileType() },
  },
  FileUploadComponentForModalRequest: {
    file_types: { type: ['array', 'null'], maxItems: 10, items: fileType() },
  },
};

function fileType(): Json {
  return { type: 'string', pattern: '^(image|video|audio|\\.[a-z0-9]+)$' };
}

/** An object may hold what is described and nothing else. */
function closed(node: unknown, name = ''): unknown {
  if (Array.isArray(node)) return node.map((each) => closed(each));
  if (node === null || typeof node !== 'object') return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value, key)]));
  if (!('properties' in inner) || 'additionalProperties' in inner) return inner;
  const properties = { ...(inner['properties'] as Json), ...newer[name] };
  // Discord's own libraries send this bit set as words; a number would not hold it.
  if ('default_member_permissions' in properties)
    properties['default_member_permissions'] = { type: ['string', 'null'], pattern: '^[0-9]+$' };
  return { ...inner, properties, additionalProperties: false };
}

function validator(components: unknown): (schema: Json) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', true);
  ajv.addFormat('nonce', true);
  ajv.addSchema({ $id: 'discord', components } as Json);
  const kept = new Map<string, ValidateFunction>();
  return (schema) => {
    const text = JSON.stringify(schema).replaceAll('"#/', '"discord#/');
    const known = kept.get(text) ?? ajv.compile(JSON.parse(text));
    kept.set(text, known);
    return known;
  };
}

const forBodies = validator(closed(description.components));
const forAnswers = validator(description.components);

const operation = (method: string, path: string): Operation | undefined =>
  description.paths[path]?.[method.toLowerCase()];

/** Throws 50035 where a body is not what Discord's description asks for, or says more. */
export function checkBody(method: string, path: string, body: unknown): void {
  const schema = operation(method, path)?.requestBody?.content['application/json'].schema;
  if (!schema) return;
  const check = forBodies(closed(schema) as Json);
  if (!check(body))
    throw new Refused(400, 50035, 'Invalid Form Body', { errors: nested(check.errors ?? []) });
}

/** What is wrong with our own answer; empty where it is as Discord's would be. */
export function checkAnswer(method: string, path: string, answer: unknown): string[] {
  const responses = operation(method, path)?.responses ?? {};
  const good = Object.keys(responses).filter((status) => status.startsWith('2'));
  const schemas = good.flatMap((status) => responses[status]?.content?.['application/json'].schema ?? []);
  if (schemas.length === 0) return [];
  const check = forAnswers({ anyOf: schemas });
  return check(JSON.parse(JSON.stringify(answer))) ? [] : worst(check.errors ?? []).map(told);
}

const told = (error: ErrorObject): string =>
  `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`;

/** The deepest faults: of a choice between shapes, those of the shape that was meant. */
function worst(errors: readonly ErrorObject[]): ErrorObject[] {
  const apart = errors.filter(({ keyword }) => !['oneOf', 'anyOf'].includes(keyword));
  const meant = apart.filter(
    ({ instancePath, keyword }) => !(instancePath.endsWith('/type') && keyword === 'enum'),
  );
  const list = meant.length > 0 ? meant : apart;
  const depth = Math.max(0, ...list.map(({ instancePath }) => instancePath.split('/').length));
  return list.filter(({ instancePath }) => instancePath.split('/').length === depth).slice(0, 5);
}

interface Tree {
  [key: string]: Tree | object[];
}

function nested(errors: readonly ErrorObject[]): Tree {
  const root: Tree = {};
  for (const error of worst(errors)) {
    const extra = error.params['additionalProperty'];
    const path = `${error.instancePath}${extra ? `/${extra}` : ''}`.split('/').filter(Boolean);
    let node = root;
    for (const key of path) {
      node[key] ??= {};
      node = node[key] as Tree;
    }
    const leaf = { code: error.keyword.toUpperCase(), message: told(error) };
    node['_errors'] = [...((node['_errors'] as object[]) ?? []), leaf];
  }
  return root;
}
