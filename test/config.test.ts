import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfig, variables } from '../src/config.ts';
import { Never } from '../src/errors.ts';

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');

describe('.env.example', () => {
  test('names every variable there is, and no other', () => {
    const named = [...example.matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map((m) => m[1]);
    expect(named).toEqual(variables.map((v) => v.name));
  });

  test('says what each is for, as the code does', () => {
    for (const { name, description } of variables) expect(example).toContain(`# ${description}\n# ${name}=`);
  });
});

describe('the environment', () => {
  test('is complete without any variable', () => {
    expect(readConfig({})).toMatchObject({ PORT: 3000, ALLOW_PRIVATE_HOSTS: [] });
  });

  test('an empty variable is as if it were not there', () => {
    expect(readConfig({ PORT: '', LOG_LEVEL: '' }).PORT).toBe(3000);
  });

  test('tells every fault at once', () => {
    const read = () => readConfig({ PORT: 'abc', LOG_LEVEL: 'loud' });
    expect(read).toThrow(Never);
    expect(read).toThrow(/PORT[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*PORT/);
  });
});
