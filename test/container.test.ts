import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { variables } from '../src/config.ts';
import { roles } from '../src/wiring/app.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

/** The instructions of a Dockerfile, continued lines joined. */
const instructions = read('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => {
    const [word = '', ...rest] = line.split(' ');
    return { word, rest: rest.join(' ').trim() };
  });
const said = (word: string) => instructions.filter((i) => i.word === word).map(({ rest }) => rest);
const exact = /^[\w./-]+:[\w.-]*\d+\.\d+[\w.-]*|RELEASE\.[\w-]+$/;

describe('the Dockerfile', () => {
  test('starts from one exact image of Node 24', () => {
    const images = new Set(said('FROM').map((from) => from.split(' ')[0]));
    expect([...images]).toEqual([expect.stringMatching(/^node:24\.\d+\.\d+-/)]);
  });

  test('runs as nobody in particular, and says so last', () => {
    expect(said('USER')).toEqual(['node']);
    const order = instructions.map(({ word }) => word);
    expect(order.lastIndexOf('USER')).toBeGreaterThan(order.lastIndexOf('COPY'));
    expect(order.lastIndexOf('USER')).toBeGreaterThan(order.lastIndexOf('RUN'));
  });

  test('starts and asks for health without a shell, under an init', () => {
    const [entry = ''] = said('ENTRYPOINT');
    expect(JSON.parse(entry)).toEqual(['/usr/bin/tini', '--', 'node', 'start.mjs', 'src/main.ts']);
    expect(roles).toContain(JSON.parse(said('CMD')[0] ?? '[]')[1]);
    const [health = ''] = said('HEALTHCHECK');
    const command: string[] = JSON.parse(health.slice(health.indexOf('[')));
    expect(command[0]).toBe('node');
    expect(command.join(' ')).toContain('/livez');
  });

  test('sets only variables the program knows', () => {
    const names = said('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('=')[0]));
    const known = ['NODE_ENV', ...variables.map(({ name }) => name)];
    for (const name of names) expect(known).toContain(name);
  });

  test('copies only what is let in', () => {
    const letIn =
      read('.dockerignore')
        .match(/^!.+$/gm)
        ?.map((line) => line.slice(1)) ?? [];
    const copied = said('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(' ').slice(0, -1));
    expect(copied.sort()).toEqual([...letIn, 'package.json'].sort());
  });
});

interface Service {
  image: string;
  command?: string[];
  environment: Record<string, string>;
  healthcheck?: object;
  read_only?: boolean;
  init?: boolean;
  cap_drop?: string[];
  deploy?: { replicas: number };
  depends_on?: Record<string, { condition: string }>;
}

describe('compose.yml', () => {
  const { services } = parse(read('compose.yml'), { merge: true }) as { services: Record<string, Service> };
  const ours = ['chat', 'worker'].map((name) => services[name] as Service);

  test('has one process that hears people and two that work', () => {
    expect(ours.map(({ command }) => command)).toEqual([
      ['--role', 'chat'],
      ['--role', 'worker'],
    ]);
    expect(services['worker']?.deploy).toEqual({ replicas: 2 });
  });

  test('gives ours no rights they do not need', () => {
    for (const service of ours) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  test('has no second init before that of the image, and may be brought up again', () => {
    for (const service of ours) expect(service.init).toBeUndefined();
    expect(services['bucket']?.command?.join(' ')).toContain('mb --ignore-existing');
    expect(services['bucket']).not.toHaveProperty('restart');
  });

  test('sets only variables the program knows', () => {
    const known = variables.map(({ name }) => name);
    for (const name of Object.keys(ours[0]?.environment ?? {})) expect(known).toContain(name);
  });

  test('waits for servers that say that they are well, each of an exact version', () => {
    for (const [name, { image, healthcheck }] of Object.entries(services)) {
      if (image === 'dailies') continue;
      expect(image, name).toMatch(exact);
      if (name !== 'bucket') expect(healthcheck, name).toBeDefined();
    }
    for (const on of Object.keys(ours[0]?.depends_on ?? {})) expect(services).toHaveProperty(on);
  });

  test('tells Redis to keep what it is given', () => {
    expect(services['redis']?.command?.join(' ')).toContain('--maxmemory-policy noeviction');
  });
});
