import { type Bag, isBag } from './block-kit/shapes.ts';
import type { Desk } from './desk.ts';
import type { Emit } from './events.ts';
import { because, Refused } from './refused.ts';
import type { Install, Workspace, World } from './world.ts';

/** What the app is to Slack. */
export interface AppFacts {
  appId: string;
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  appToken: string;
  /** Bot tokens live twelve hours and come with a refresh token. */
  rotatingTokens: boolean;
  /** Threads and histories are then read once a minute and in fifteens. */
  soldOutsideMarketplace: boolean;
}

/** Times of the protocol in milliseconds; tests shorten them. */
export interface Times {
  /** Within which the app must acknowledge. */
  ack: number;
  /** After which each further try of an event follows. */
  retries: readonly number[];
  trigger: number;
  responseUrl: number;
  code: number;
  /** What limits by the minute and by the second count with. */
  minute: number;
  second: number;
  /** After which a completed upload shows its shares and its type. */
  shares: number;
  /** After which, from then on, messages may show it. */
  shown: number;
}

export interface Call {
  world: World;
  workspace: Workspace;
  install: Install;
  args: Bag;
  app: AppFacts;
  times: Times;
  host: string;
  desk: Desk;
  emit: Emit;
}

type Kind = 'bot' | 'app' | 'none';

export interface Method {
  /** Any one of these is enough; none needed where there are none. */
  scopes: readonly string[];
  /** Arguments as `name`, required as `name!`, with their kind: `channel! ts! blocks:json limit:int`. */
  args: string;
  /** Calls a minute. */
  tier?: number;
  token?: Kind;
  run(call: Call): Bag;
}

export const method = (scopes: string, args: string, tier: number, run: Method['run']): Method => ({
  scopes: scopes.split(' ').filter(Boolean),
  args,
  tier,
  run,
});

const readers: Record<string, (value: unknown) => unknown> = {
  json: (value) => (typeof value === 'string' ? JSON.parse(value) : value),
  bool: (value) => ({ true: true, false: false, 1: true, 0: false })[String(value)],
  int: (value) => (/^\d+$/.test(String(value)) ? Number(value) : undefined),
  text: (value) => (typeof value === 'string' ? value : undefined),
};

/** The arguments as their kinds say. @throws Refused `invalid_arguments` for unknown, missing or unreadable ones. */
export function read(spec: string, given: Bag): Bag {
  const wanted = spec.split(' ').filter(Boolean).map(argument);
  const strange = Object.keys(given).filter((name) => !wanted.some((each) => each.name === name));
  const missing = wanted.filter(({ name, required }) => required && isEmpty(given[name]));
  const faults = [
    ...strange.map((name) => `[ERROR] unexpected argument: ${name}`),
    ...missing.map(({ name }) => `[ERROR] missing required field: ${name}`),
  ];
  if (faults.length > 0) throw because('invalid_arguments', faults);
  return Object.fromEntries(
    wanted
      .filter(({ name }) => !isEmpty(given[name]))
      .map(({ name, kind }) => [name, readOne(name, kind, given[name])]),
  );
}

function argument(word: string) {
  const [name = '', kind = 'text'] = word.split(':');
  return { name: name.replace('!', ''), kind, required: name.endsWith('!') };
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

function readOne(name: string, kind: string, value: unknown): unknown {
  try {
    const got = readers[kind]?.(value);
    if (got !== undefined) return got;
  } catch {
    if (name === 'blocks') throw new Refused('invalid_blocks_format');
    if (name === 'metadata') throw new Refused('invalid_metadata_format');
  }
  throw because('invalid_arguments', [`[ERROR] must be ${kind} [json-pointer:/${name}]`]);
}

export function needScope({ scopes }: Method, install: Install): void {
  if (scopes.length === 0 || scopes.some((scope) => install.scopes.has(scope))) return;
  throw new Refused('missing_scope', {
    needed: scopes[0],
    provided: [...install.scopes].join(','),
  });
}

export const textOf = (args: Bag, name: string): string => String(args[name] ?? '');
export const maybe = (args: Bag, name: string): string | undefined =>
  typeof args[name] === 'string' ? args[name] : undefined;
export const bagOf = (args: Bag, name: string): Bag | undefined =>
  isBag(args[name]) ? args[name] : undefined;

const firstPage = 100;

/** One page of a list, and where the next begins. */
export function page<T>(all: T[], args: Bag, most = 1000): { items: T[]; cursor: string } {
  const limit = Math.min(Number(args['limit'] ?? firstPage), most);
  const from = args['cursor'] ? Number(Buffer.from(textOf(args, 'cursor'), 'base64').toString()) : 0;
  if (Number.isNaN(from)) throw new Refused('invalid_cursor');
  const items = all.slice(from, from + limit);
  const more = from + limit < all.length;
  return { items, cursor: more ? Buffer.from(String(from + limit)).toString('base64') : '' };
}
