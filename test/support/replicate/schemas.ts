import { readFileSync } from 'node:fs';

interface Parameter {
  type?: string;
  format?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  default?: unknown;
}

/** What a model took on the day its page was read. */
export interface Captured {
  captured: string;
  required?: string[];
  input: Record<string, Parameter>;
}

const file = new URL('../../fixtures/replicate-model-inputs.json', import.meta.url);

export const captured = (JSON.parse(readFileSync(file, 'utf8')) as { models: Record<string, Captured> })
  .models;

/** As `GET /models/{owner}/{name}` tells it: enums are schemas of their own beside the input. */
export function openapiOf({ input, required = [] }: Captured): object {
  const enums = Object.entries(input).filter(([, parameter]) => parameter.enum);
  const types = enums.map(([name, { enum: values = [] }]) => [
    name,
    { title: name, type: typeof values[0] === 'number' ? 'integer' : 'string', enum: values },
  ]);
  const properties = Object.entries(input).map(([name, { enum: values, ...rest }], i) => [
    name,
    {
      ...(values ? { allOf: [{ $ref: `#/components/schemas/${name}` }] } : {}),
      ...rest,
      'x-order': i,
    },
  ]);
  const Input = { type: 'object', title: 'Input', required, properties: Object.fromEntries(properties) };
  return {
    openapi: '3.0.2',
    components: { schemas: { Input, Output: { type: 'string' }, ...Object.fromEntries(types) } },
  };
}

/** What the real one answers 422 to; on purpose not the checks of `src/providers/replicate/schema.ts`. */
export function complaints({ input, required = [] }: Captured, given: Record<string, unknown>): string[] {
  const all: string[] = [];
  for (const name of required) if (!(name in given)) all.push(`input: ${name} is required`);
  for (const [name, value] of Object.entries(given)) {
    const parameter = input[name];
    if (!parameter) all.push(`input: Additional property ${name} is not allowed`);
    else if (!takes(parameter, value)) all.push(`input.${name}: ${JSON.stringify(value)} does not fit`);
  }
  return all;
}

function takes(parameter: Parameter, value: unknown): boolean {
  if (parameter.enum) return parameter.enum.some((each) => each === value);
  switch (parameter.type) {
    case 'integer':
      return Number.isInteger(value) && within(parameter, value as number);
    case 'number':
      return typeof value === 'number' && within(parameter, value);
    case 'boolean':
      return value === true || value === false;
    case 'array':
      return Array.isArray(value) && value.length <= (parameter.maxItems ?? 1e9) && value.every(isUri);
    default:
      if (typeof value !== 'string' || value.length > (parameter.maxLength ?? 1e9)) return false;
      return parameter.format !== 'uri' || isUri(value);
  }
}

const within = ({ minimum = -1e15, maximum = 1e15 }: Parameter, value: number): boolean =>
  minimum <= value && value <= maximum;

const isUri = (value: unknown): boolean => typeof value === 'string' && /^(https?:\/\/|data:)/.test(value);
