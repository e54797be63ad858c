import { z } from 'zod';

/** What openai 7.55's types let a request hold; anything else is refused, as the real service does. */

const nullable = <T extends z.ZodType>(type: T) => type.nullable().optional();
const anything = z.unknown().optional();

const jsonFormat = z.strictObject({
  type: z.literal('json_schema'),
  name: z.string().regex(/^[\w-]{1,64}$/),
  schema: z.record(z.string(), z.unknown()),
  strict: nullable(z.boolean()),
  description: z.string().optional(),
});

const reasoning = z.strictObject({
  effort: nullable(z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'])),
  summary: nullable(z.enum(['auto', 'concise', 'detailed'])),
});

const part = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('input_text'), text: z.string() }),
  z.strictObject({
    type: z.literal('input_image'),
    image_url: nullable(z.string()),
    file_id: nullable(z.string()),
    detail: z.enum(['low', 'high', 'auto', 'original']).optional(),
  }),
]);

export const ResponsesBody = z.strictObject({
  model: z.string(),
  input: z.union([
    z.string(),
    z.array(
      z.strictObject({
        type: z.literal('message').optional(),
        role: z.enum(['user', 'assistant', 'system', 'developer']),
        content: z.union([z.string(), z.array(part)]),
      }),
    ),
  ]),
  instructions: nullable(z.string()),
  text: z
    .strictObject({
      format: z.union([jsonFormat, z.strictObject({ type: z.literal('text') })]).optional(),
      verbosity: nullable(z.enum(['low', 'medium', 'high'])),
    })
    .optional(),
  reasoning: nullable(reasoning),
  max_output_tokens: nullable(z.int().min(16)),
  store: nullable(z.boolean()),
  stream: nullable(z.literal(false)),
  safety_identifier: nullable(z.string().max(64)),
  temperature: nullable(z.number().min(0).max(2)),
  top_p: nullable(z.number().min(0).max(1)),
  metadata: nullable(z.record(z.string(), z.string())),
  truncation: nullable(z.enum(['auto', 'disabled'])),
  service_tier: nullable(z.enum(['auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast'])),
  prompt_cache_key: nullable(z.string()),
  background: anything,
  include: anything,
  parallel_tool_calls: anything,
  previous_response_id: anything,
  tools: anything,
  tool_choice: anything,
  user: anything,
});

export const ChatBody = z.strictObject({
  model: z.string(),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['system', 'developer', 'user', 'assistant']),
        content: z.string(),
      }),
    )
    .min(1),
  max_completion_tokens: nullable(z.int().positive()),
  response_format: anything,
  temperature: nullable(z.number().min(0).max(2)),
  safety_identifier: nullable(z.string().max(64)),
});

const size = z.string().refine(isSize, 'Invalid size');

/** Both sides by 16, 1:3 to 3:1, at most 3840×2160, 655,360 to 8,294,400 pixels. */
function isSize(text: string): boolean {
  if (text === 'auto') return true;
  const [width = 0, height = 0] = /^\d+x\d+$/.test(text) ? text.split('x').map(Number) : [];
  const ratio = width / height;
  const pixels = width * height;
  if (width % 16 || height % 16 || !(ratio >= 1 / 3 && ratio <= 3)) return false;
  return Math.max(width, height) <= 3840 && pixels >= 655_360 && pixels <= 8_294_400;
}

const image = {
  model: z.string(),
  prompt: z.string().min(1).max(32_000),
  n: nullable(z.coerce.number().int().min(1).max(10)),
  size: nullable(size),
  quality: nullable(z.enum(['low', 'medium', 'high', 'xhigh', 'max', 'auto'])),
  background: nullable(z.enum(['transparent', 'opaque', 'auto'])),
  output_format: nullable(z.enum(['png', 'jpeg', 'webp'])),
  output_compression: nullable(z.coerce.number().int().min(0).max(100)),
  complexity: nullable(z.enum(['low', 'medium', 'high'])),
  safety_identifier: nullable(z.string().max(64)),
  stream: nullable(z.literal(false)),
  user: z.string().optional(),
};

export const GenerateBody = z.strictObject({ ...image, moderation: nullable(z.enum(['low', 'auto'])) });

const picture = z
  .instanceof(File)
  .refine(({ type }) => ['image/png', 'image/webp', 'image/jpeg'].includes(type), 'Unsupported image type')
  .refine((file) => file.size > 0 && file.size < 50 * 2 ** 20, 'Invalid image size')
  .refine(
    ({ name, type }) => `image/${name.split('.').at(-1)?.replace('jpg', 'jpeg')}` === type,
    'Wrong name',
  );

/** Multipart: one `image`, or `image[]` up to sixteen times. No `moderation` here. */
export const EditBody = z.strictObject({
  ...image,
  'image[]': z.array(picture).min(1).max(16).optional(),
  image: picture.optional(),
  mask: picture.optional(),
});

export const ModerationsBody = z.strictObject({
  model: z.enum(['omni-moderation-latest', 'omni-moderation-2024-09-26']).optional(),
  input: z.union([
    z.string(),
    z.array(z.string()).min(1),
    z
      .array(
        z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('text'), text: z.string() }),
          z.strictObject({
            type: z.literal('image_url'),
            image_url: z.strictObject({ url: z.string().regex(/^(https:|data:image\/)/) }),
          }),
        ]),
      )
      .min(1)
      .refine((all) => all.filter(({ type }) => type === 'image_url').length <= 1, 'Too many images'),
  ]),
});
