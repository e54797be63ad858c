import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Room {
  /** Rooms of ours it may import from; `room/file` allows that one file. */
  rooms: readonly string[];
  packages: readonly string[];
}

/** Which room may know which. A room that is not here does not exist; one that is here is not empty. */
const house: Record<string, Room> = {
  commands: { rooms: ['src/campaign'], packages: [] },
  'src/campaign': { rooms: [], packages: ['zod'] },
  'src/workspace': { rooms: ['src/campaign'], packages: ['zod'] },
  'src/engine': {
    rooms: ['src/campaign', 'src/workspace', 'src/jobs', 'src/journal/journal', 'src/queue/queue', 'src/log'],
    packages: [],
  },
  'src/jobs': {
    rooms: [
      'src/campaign',
      'src/workspace',
      'src/media',
      'src/net',
      'src/chat/card',
      'src/chat/chat',
      'src/chat/compose',
      'src/chat/compose-notice',
      'src/chat/place',
      'src/journal/journal',
      'src/providers/language',
      'src/providers/findings',
      'src/providers/moderation',
      'src/providers/probe',
      'src/providers/still',
      'src/providers/video',
      'src/storage/storage',
    ],
    packages: ['sharp', 'zod'],
  },
  'src/chat': { rooms: ['src/campaign', 'src/workspace', 'commands'], packages: [] },
  'src/chat/terminal': {
    rooms: ['src/chat', 'commands', 'src/campaign', 'src/net'],
    packages: [],
  },
  'src/chat/slack': {
    rooms: ['src/chat', 'commands', 'src/campaign', 'src/net', 'src/queue/pace'],
    packages: ['@slack/bolt', '@slack/web-api', 'zod'],
  },
  'src/chat/discord': {
    rooms: ['src/chat', 'commands', 'src/campaign', 'src/queue/pace'],
    packages: ['discord.js', '@discordjs/core', '@discordjs/rest', '@discordjs/ws', 'zod'],
  },
  'src/api': { rooms: ['src/campaign'], packages: [] },
  'src/queue': { rooms: [], packages: ['bullmq', 'ioredis'] },
  'src/journal': { rooms: ['src/campaign', 'src/workspace'], packages: ['kysely', 'pg', 'zod'] },
  'src/storage': { rooms: ['src/net'], packages: ['@aws-sdk/client-s3'] },
  'src/media': {
    rooms: [],
    packages: ['sharp', 'node-av', 'mediabunny', 'heic-decode', '@expo-google-fonts/inter', 'satori'],
  },
  'src/net': { rooms: [], packages: ['undici', 'ipaddr.js'] },
  'src/providers': {
    rooms: ['src/campaign', 'src/net', 'src/queue/pace'],
    packages: ['yaml', 'zod', 'openai', 'replicate', '@runwayml/sdk', 'undici'],
  },
  // The sample providers are their own service: ffmpeg and sharp are to them what an SDK is to the others.
  'src/providers/sample': {
    rooms: ['src/campaign', 'src/providers', 'src/media'],
    packages: ['sharp', 'satori', '@expo-google-fonts/inter', 'zod'],
  },
  // The benches run single rooms, to measure them.
  'src/cli/bench': { rooms: ['*'], packages: ['kysely', 'undici', '@slack/bolt'] },
  'src/cli': {
    rooms: [
      'src/wiring',
      'src/cli/bench',
      'src/campaign',
      'src/chat/terminal',
      'src/chat/discord',
      'src/chat/wording',
      'src/journal',
      'src/storage',
      'src/providers',
      'src/providers/sample',
    ],
    packages: ['zod', 'discord.js', '@discordjs/core'],
  },
  'src/wiring': { rooms: ['*'], packages: [] },
};

/** Files that stand alone, and who may import them. */
const loose: Record<string, readonly string[]> = {
  'src/errors': ['*'],
  'src/patience': ['*'],
  'src/recent': ['*'],
  'src/log': [
    'src/engine',
    'src/wiring',
    'src/chat/terminal',
    'src/chat/slack',
    'src/chat/discord',
    'src/api',
    'src/jobs',
  ],
  'src/config': ['src/wiring', 'src/cli', 'src/main'],
  'src/seal': ['src/wiring', 'src/config'],
  'src/main': [],
};

const files = globSync(['src/**/*.ts', 'commands/**/*.ts'], { cwd: root }).map(normalize);
const plain = (file: string) => file.replace(/\.ts$/, '');
const names = Object.keys(house).sort((a, b) => b.length - a.length);
const roomOf = (file: string): string | undefined =>
  names.find((name) => dirname(file) === name || file.startsWith(`${name}/`));
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /(?:^|\s)(?:import|export)[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm,
    ),
  ].map((m) => m[1] ?? m[2] ?? m[3] ?? '');

function mayImport(file: string, target: string): boolean {
  const from = roomOf(file) ?? plain(file);
  const free = loose[plain(target)];
  if (free) return free.includes('*') || free.includes(from) || house[from]?.rooms.includes('*') === true;
  const to = roomOf(target);
  if (to === undefined) return false;
  if (to === from) return true;
  const allowed = house[from]?.rooms ?? (plain(file) === 'src/main' ? ['*'] : []);
  return allowed.some((one) => one === '*' || one === to || one === plain(target));
}

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

describe('the house', () => {
  test('every file is in a room that exists', () => {
    expect(files.filter((f) => !roomOf(f) && !(plain(f) in loose))).toEqual([]);
  });

  test.each(names)('%s is not empty', (name) => {
    expect(files.some((f) => roomOf(f) === name)).toBe(true);
  });

  test('rooms import only the rooms they may know', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((to) => to.startsWith('.'))
        .map((to) => relative(root, join(root, dirname(file), to)))
        .filter((to) => to.endsWith('.ts') && !mayImport(file, to))
        .map((to) => `${file} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  test('rooms import only the packages that are theirs', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((to) => !to.startsWith('.') && !to.startsWith('node:'))
        .map(packageOf)
        .filter((name) => !roomPackages(file).includes(name))
        .map((name) => `${file} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('the pure rooms take no time, chance or environment of their own', () => {
    const pure = files.filter((f) => /^src\/(campaign|workspace)\//.test(f));
    const taken = /\bDate\.now\b|\bnew Date\(\)|Math\.random|crypto|process\.|node:/;
    expect(pure.filter((f) => taken.test(readFileSync(join(root, f), 'utf8')))).toEqual([]);
  });
});

const roomPackages = (file: string): readonly string[] =>
  roomOf(file) === 'src/wiring'
    ? ['sharp', 'zod', 'prom-client']
    : (house[roomOf(file) ?? '']?.packages ?? ['zod']);
