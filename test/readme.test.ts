import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { PlatformName } from '../src/campaign/platform.ts';
import { TemplateName } from '../src/campaign/template.ts';
import { needed } from '../src/chat/discord/permissions.ts';
import { faults } from '../src/providers/sample/faults.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const scripts = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).scripts;

test('the README lists the commands there are, in their order and words', () => {
  const table = [...readme.matchAll(/^\| `\/([a-z-]+)`\s*\| (.+?)\s*\|$/gm)].map(([, name, summary]) => ({
    name,
    summary,
  }));
  expect(table).toEqual(commands.map(({ name, summary }) => ({ name, summary })));
});

test('the README names the templates, platforms and sample failures there are', () => {
  for (const name of [...TemplateName.options, ...PlatformName.options, ...Object.keys(faults)])
    expect(readme).toContain(`\`${name}\``);
});

test('every npm script the README names exists', () => {
  const named = [
    ...readme.matchAll(
      /npm (?:run )?(demo|start|test|chaos|check|models|journal|storage|bench|mutants|discord)\b/g,
    ),
  ].map((m) => m[1] ?? '');
  for (const script of named) expect(scripts).toHaveProperty(script);
});

test('the README lists the benches there are', () => {
  const source = readFileSync(new URL('../src/cli/bench.ts', import.meta.url), 'utf8');
  const [, list = ''] = /const benches[^{]*\{([^}]+)\}/.exec(source) ?? [];
  const benches = [...list.matchAll(/\w+/g)].map(([name]) => name);
  const [, table = ''] = /npm run bench -- NAME(.+?)^## /ms.exec(readme) ?? [];
  expect(benches.length).toBeGreaterThan(0);
  expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)).toEqual(benches);
});

test('the README says which permissions Dailies needs in Discord, and why', () => {
  const [, section = ''] = /^## Discord$(.+?)^## /ms.exec(readme) ?? [];
  const table = [...section.matchAll(/^\| ([A-Z][\w ]+?) +\| (.+?) +\|$/gm)].map(([, name, why]) => ({
    name,
    why,
  }));
  expect(table).toEqual(needed.map(({ name, why }) => ({ name, why })));
});
