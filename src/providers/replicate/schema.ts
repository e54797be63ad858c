import { z } from 'zod';

const Property = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  items: z.object({ type: z.string().optional(), format: z.string().optional() }).optional(),
});
export type Property = z.infer<typeof Property>;

/** What a model takes, its enums drawn into the parameters they belong to. */
export interface InputSchema {
  properties: Record<string, Property>;
  required: readonly string[];
}

const Raw = z.looseObject({ $ref: z.string().optional(), allOf: z.array(z.looseObject({})).optional() });
const Document = z.object({
  components: z.object({
    schemas: z
      .looseObject({
        Input: z.object({
          properties: z.record(z.string(), Raw),
          required: z.array(z.string()).default([]),
        }),
      })
      .catchall(z.unknown()),
  }),
});

/** The input schema in a model's OpenAPI document; null where there is none to read. */
export function readInputSchema(document: unknown): InputSchema | null {
  const read = Document.safeParse(document);
  if (!read.success) return null;
  const { Input, ...others } = read.data.components.schemas;
  const flat = (raw: z.infer<typeof Raw>): unknown =>
    Object.assign({}, ...[raw, ...(raw.allOf ?? [])].flatMap((part) => [part, named(part, others)]));
  const properties = Object.entries(Input.properties).flatMap(([name, raw]) => {
    const property = Property.safeParse(flat(raw));
    return property.success ? [[name, property.data] as const] : [];
  });
  return { properties: Object.fromEntries(properties), required: Input.required };
}

const named = (part: { $ref?: unknown }, schemas: Record<string, unknown>): object =>
  typeof part.$ref === 'string' ? ((schemas[part.$ref.split('/').at(-1) ?? ''] as object) ?? {}) : {};

/** Why Replicate would refuse an input, one sentence each; empty where it fits. */
export function faultsIn(input: Record<string, unknown>, { properties, required }: InputSchema): string[] {
  const missing = required.filter((name) => input[name] === undefined).map((name) => `${name} is required`);
  const wrong = Object.entries(input).flatMap(([name, value]) => {
    const property = properties[name];
    if (!property) return [`${name} is unknown`];
    const fault = faultOf(value, property);
    return fault === null ? [] : [`${name} ${fault}`];
  });
  return [...missing, ...wrong];
}

function faultOf(value: unknown, property: Property): string | null {
  if (property.enum)
    return property.enum.includes(value as string) ? null : `is none of ${property.enum.join(', ')}`;
  if (!isOfType(value, property.type)) return `is no ${property.type}`;
  const { minimum = -Infinity, maximum = Infinity, maxLength = Infinity, maxItems = Infinity } = property;
  if (typeof value === 'number' && (value < minimum || value > maximum))
    return `is not ${minimum} to ${maximum}`;
  if (typeof value === 'string' && value.length > maxLength) return `is longer than ${maxLength}`;
  return Array.isArray(value) && value.length > maxItems ? `has more than ${maxItems}` : null;
}

function isOfType(value: unknown, type: string | undefined): boolean {
  if (type === undefined) return true;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return typeof value === type;
}
