/**
 * Slack's published limits of Block Kit: types, required fields, lengths, counts, ids. Pure, for any test:
 *
 *     expect(faultsInBlocks(blocks)).toEqual([]);           // a message
 *     expect(faultsInView(view)).toEqual([]);               // a modal or a Home tab
 *
 * A fault reads as Slack words it: `[ERROR] must be less than 76 characters [json-pointer:/blocks/0/text/text]`.
 */
import {
  blocks,
  metadataFields,
  modalFields,
  type Surface,
  surfaces,
  viewFields,
} from './block-kit/blocks.ts';
import { type Bag, isBag, list, record, type Tell, typed } from './block-kit/shapes.ts';

const mostMetadata = 16 * 1024;
const mostView = 250 * 1000;

function faults(look: (tell: Tell) => void): string[] {
  const told: string[] = [];
  look((complaint, at) => void told.push(`[ERROR] ${complaint} [json-pointer:${at}]`));
  return told;
}

export const faultsInBlocks = (value: unknown, surface: Surface = 'message', at = '/blocks'): string[] =>
  faults((tell) => {
    const { types, most } = surfaces[surface];
    list(typed(blocks, types), most, 0)(value, at, tell);
    uniqueIds(value, at, tell);
    if (surface !== 'modal')
      for (const [file, where] of everyOf(value, 'file_input', at))
        if (file) tell('file_input is for modals only', where);
  });

export const faultsInView = (value: unknown): string[] =>
  faults((tell) => {
    if (!isBag(value)) return tell('must be an object', '/view');
    const modal = value['type'] === 'modal';
    record(modal ? modalFields : viewFields)(value, '/view', tell);
    const inner = (value['blocks'] ?? []) as Bag[];
    if (modal && !value['submit'] && Array.isArray(inner) && inner.some((b) => b['type'] === 'input'))
      tell('submit is required when a block is an input', '/view');
    const focused = everyWith(value, 'focus_on_load').filter((each) => each['focus_on_load'] === true);
    if (focused.length > 1) tell('only one element may have focus_on_load', '/view/blocks');
  }).concat(
    isBag(value)
      ? faultsInBlocks(value['blocks'], value['type'] === 'home' ? 'home' : 'modal', '/view/blocks')
      : [],
  );

/** What `views.open` answers besides invalid blocks: more than 250 kB. */
export const viewTooLarge = (value: unknown) => Buffer.byteLength(JSON.stringify(value ?? null)) > mostView;

export const faultsInMetadata = (value: unknown): string[] =>
  faults((tell) => {
    metadataFields(value, '/metadata', tell);
  });

export const metadataTooLarge = (value: unknown) =>
  Buffer.byteLength(JSON.stringify(value ?? null)) > mostMetadata;

function uniqueIds(value: unknown, at: string, tell: Tell): void {
  if (!Array.isArray(value)) return;
  const seen = new Set<unknown>();
  value.forEach((block: unknown, i) => {
    if (!isBag(block)) return;
    const { block_id: id } = block;
    if (id !== undefined && seen.has(id)) tell(`block_id "${id}" already exists`, `${at}/${i}/block_id`);
    seen.add(id);
    const actions = everyWith(block, 'action_id').map((each) => each['action_id']);
    for (const twice of actions.filter((action, j) => actions.indexOf(action) < j))
      tell(`action_id "${twice}" already exists`, `${at}/${i}`);
  });
}

/** Every object inside that has this field. */
export function everyWith(value: unknown, field: string): Bag[] {
  if (Array.isArray(value)) return value.flatMap((each) => everyWith(each, field));
  if (!isBag(value)) return [];
  const inner = Object.values(value).flatMap((each) => everyWith(each, field));
  return field in value ? [value, ...inner] : inner;
}

function everyOf(value: unknown, type: string, at: string): [Bag, string][] {
  return everyWith(value, 'type')
    .filter((each) => each['type'] === type)
    .map((each) => [each, at]);
}
