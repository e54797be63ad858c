import { invalid } from './refused.ts';
import { flag, type MessageBody, type Part, part, partsIn } from './wire.ts';

const only = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';

/** What Discord's description does not say of a message's components: the rules between them. */
export function checkLayout(body: MessageBody, flags: number, files: readonly string[]): void {
  const components = body.components ?? [];
  if (flags & flag.v2) checkNewer(body, components, files);
  else checkOlder(body, components);
  checkEach(components, 'components');
  distinct(components);
}

function checkNewer(body: MessageBody, components: Part[], files: readonly string[]): void {
  for (const field of ['content', 'embeds', 'sticker_ids'] as const)
    if (body[field]?.length) throw invalid(field, only, `The '${field}' field cannot be used with V2.`);
  if (body.poll) throw invalid('poll', only, "The 'poll' field cannot be used with V2.");
  const parts = partsIn(components);
  if (parts.length > 40)
    throw invalid('components', 'BASE_TYPE_BAD_LENGTH', `${parts.length} components, at most 40`);
  const words = parts.reduce((sum, each) => sum + (each.content?.length ?? 0), 0);
  if (words > 4000)
    throw invalid('components', 'COMPONENT_MAX_TOTAL_LENGTH', `${words} characters of text, at most 4000`);
  for (const url of parts.flatMap(mediaOf)) {
    const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
    if (name !== undefined && !files.includes(name))
      throw invalid('components', 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', url);
  }
}

const mediaOf = (one: Part): string[] =>
  [one.media, one.file, ...(one.items ?? []).map((item) => item.media)].flatMap((media) => media?.url ?? []);

function checkOlder(body: MessageBody, components: Part[]): void {
  const newer = components.find((each) => each.type !== part.row);
  if (newer)
    throw invalid('components/0/type', 'UNION_TYPE_CHOICES', `Type ${newer.type} needs IS_COMPONENTS_V2`);
  if (components.length > 5) throw invalid('components', 'BASE_TYPE_BAD_LENGTH', 'Must be 5 or fewer rows');
  if ((body.content?.length ?? 0) > 2000)
    throw invalid('content', 'BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.');
  const words = (body.embeds ?? []).reduce((sum, embed) => sum + textIn(embed), 0);
  if (words > 6000) throw invalid('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds 6000');
}

/** Title, description, names and values of fields, footer and author count together. */
function textIn(embed: Record<string, unknown>): number {
  const counted = ['title', 'description', 'name', 'value', 'text', 'fields', 'footer', 'author'];
  return Object.entries(embed)
    .filter(([key]) => counted.includes(key))
    .reduce((sum, [, value]) => sum + lengthOf(value), 0);
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + lengthOf(each), 0);
  return value !== null && typeof value === 'object' ? textIn(value as Record<string, unknown>) : 0;
}

function checkEach(components: readonly Part[], path: string): void {
  for (const [i, one] of components.entries()) {
    const at = `${path}/${i}`;
    if (one.type === part.row) checkRow(one, at);
    if (one.type === part.button) checkButton(one, at);
    if (one.options) checkOptions(one, at);
    if (one.accessory) checkEach([one.accessory], `${at}/accessory`);
    if (one.component) checkEach([one.component], `${at}/component`);
    checkEach(one.components ?? [], `${at}/components`);
  }
}

function checkRow(row: Part, at: string): void {
  const inside = row.components ?? [];
  const buttons = inside.every((each) => each.type === part.button);
  if (inside.length === 0 || inside.length > (buttons ? 5 : 1))
    throw invalid(`${at}/components`, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'Five buttons or one select');
}

function checkButton(button: Part, at: string): void {
  const link = button.style === 5;
  if (link !== Boolean(button.url))
    throw invalid(`${at}/url`, 'BUTTON_COMPONENT_INVALID_URL', 'Links have a URL');
  if (link === Boolean(button.custom_id))
    throw invalid(`${at}/custom_id`, 'BASE_TYPE_REQUIRED', 'A custom id is required, but for links');
  if (link && !/^(https?|discord):/.test(button.url ?? ''))
    throw invalid(`${at}/url`, 'URL_TYPE_INVALID_SCHEME', 'Scheme must be http, https or discord');
  if (!button.label && !button.emoji)
    throw invalid(at, 'BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI', 'A button must have a label or an emoji');
}

function checkOptions(one: Part, at: string): void {
  const values = (one.options ?? []).map(({ value }) => value);
  if (new Set(values).size < values.length)
    throw invalid(`${at}/options`, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The same value twice');
  const most = one.max_values ?? (one.type === part.checkboxes ? values.length : 1);
  const chosen = (one.options ?? []).filter((each) => each.default).length;
  if (chosen > most || (one.min_values ?? 0) > most || most > values.length)
    throw invalid(`${at}/options`, 'SELECT_COMPONENT_INVALID_VALUES', `At most ${most} of ${values.length}`);
}

function distinct(components: readonly Part[]): void {
  const parts = partsIn(components);
  for (const key of ['custom_id', 'id'] as const) {
    const given = parts.flatMap((each) => each[key] || []);
    if (new Set(given).size < given.length)
      throw invalid('components', 'COMPONENT_CUSTOM_ID_DUPLICATED', `The same ${key} twice`);
  }
}

/** A form: labels with one field each, or text; at most five. Rows, which Discord still takes, are refused here. */
export function checkForm(components: readonly Part[]): void {
  if (components.length > 5) throw invalid('data/components', 'BASE_TYPE_BAD_LENGTH', 'At most 5');
  const labels = components.filter((each) => each.type === part.label);
  if (labels.length === 0) throw invalid('data/components', 'BASE_TYPE_REQUIRED', 'A field is required');
  if (components.some((each) => each.type === part.row))
    throw invalid('data/components', 'DEPRECATED', 'Rows in forms are deprecated: use labels');
  checkEach(components, 'data/components');
  distinct(components);
}
