type Schema = Record<string, unknown>;

const allowed = new Set([
  '$schema',
  '$defs',
  'definitions',
  '$ref',
  'additionalProperties',
  'anyOf',
  'const',
  'description',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'multipleOf',
  'pattern',
  'properties',
  'required',
  'title',
  'type',
]);

/** What strict mode would say against a schema, or null where it takes it. */
export function faultInSchema(schema: Schema): string | null {
  if (schema['type'] !== 'object') return 'schema must be of type object';
  if ('anyOf' in schema) return 'the root must not be a union';
  return faultIn(schema, 0);
}

function faultIn(schema: Schema, depth: number): string | null {
  if (depth > 10) return 'nested too deeply';
  const strange = Object.keys(schema).find((key) => !allowed.has(key));
  if (strange) return `'${strange}' is not permitted`;
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  if (schema['type'] === 'object') {
    if (schema['additionalProperties'] !== false) return "'additionalProperties' must be false";
    const required = (schema['required'] ?? []) as string[];
    const missing = properties.find(([key]) => !required.includes(key));
    if (missing) return `'required' must include every key: missing '${missing[0]}'`;
    if (required.length !== properties.length) return 'an extra required key';
  }
  const branches = (schema['anyOf'] ?? []) as Schema[];
  const items = schema['items'] ? [schema['items'] as Schema] : [];
  const below = [...properties.map(([, each]) => each), ...branches, ...items];
  return sameFirstKeys(branches) ?? below.map((each) => faultIn(each, depth + 1)).find(Boolean) ?? null;
}

/** Branches may begin with the same key only where its value tells them apart. */
function sameFirstKeys(branches: readonly Schema[]): string | null {
  const firsts = branches.flatMap(({ properties }) => {
    const first = Object.entries((properties ?? {}) as Record<string, Schema>)[0];
    return first ? [`${first[0]} ${JSON.stringify(first[1]['const'] ?? first[1]['enum'] ?? null)}`] : [];
  });
  return new Set(firsts).size === firsts.length
    ? null
    : "objects in 'anyOf' must not share identical first keys";
}
