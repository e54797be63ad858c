import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { shortcuts, slashCommands } from '../src/chat/slack/commands.ts';
import { listenWith } from '../src/chat/slack/listen.ts';
import { scopes } from '../src/chat/slack/scopes.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const manifest = parse(read('../manifest.yml'));
const { features, oauth_config: oauth, settings } = manifest;

/** Slack's own schema of a manifest, as published (MIT). */
const schema = JSON.parse(read('./fixtures/slack-manifest.schema.json'));

describe('manifest.yml', () => {
  test('is valid by Slack’s own schema, which does notice what is wrong', () => {
    const ajv = new Ajv({ allErrors: true, strict: false });
    addFormats.default(ajv);
    const isValid = ajv.compile(schema);
    isValid(manifest);
    expect(isValid.errors ?? []).toEqual([]);
    expect(isValid({ ...manifest, display_information: { name: 'x'.repeat(36) } })).toBe(false);
    expect(isValid({ ...manifest, features: { ...features, slash: [] } })).toBe(false);
  });

  test('has the commands there are, in their order and words', () => {
    const commands = features.slash_commands.map(({ url: _, ...rest }: { url: string }) => rest);
    expect(commands).toEqual(slashCommands);
  });

  test('has the shortcuts there are', () => {
    const found = features.shortcuts.map(({ callback_id, ...rest }: { callback_id: string }) => [
      callback_id,
      rest,
    ]);
    expect(Object.fromEntries(found)).toEqual(shortcuts);
  });

  test('asks for the scopes that are used, and no others', () => {
    expect(oauth.scopes).toEqual({ bot: scopes.needed, bot_optional: scopes.optional });
  });

  test('subscribes to the events that are listened for, and no others', () => {
    const heard: string[] = [];
    const app = new Proxy(
      {},
      { get: (_, kind) => (name: string) => void (kind === 'event' && heard.push(name)) },
    );
    listenWith(app as never, {} as never);
    const events: string[] = settings.event_subscriptions.bot_events;
    const names = events.map((event) => event.replace(/^message\..*/, 'message'));
    expect([...new Set(names)].sort()).toEqual(heard.sort());
  });

  /** What each event needs, by Slack's reference of events. */
  const needs: Record<string, string> = {
    app_mention: 'app_mentions:read',
    'message.channels': 'channels:history',
    'message.groups': 'groups:history',
    'message.im': 'im:history',
    reaction_added: 'reactions:read',
  };
  test('has a scope for every event that needs one', () => {
    const all = [...scopes.needed, ...scopes.optional] as string[];
    const free = ['app_home_opened', 'app_uninstalled', 'tokens_revoked'];
    for (const event of settings.event_subscriptions.bot_events)
      if (!free.includes(event)) expect(all).toContain(needs[event]);
  });

  test('names one address only, by https, for everything', () => {
    const addresses = [...read('../manifest.yml').matchAll(/https?:\/\/(?!api\.slack)[^\s\]}]+/g)].map(
      ([a]) => a,
    );
    const paths = new Set(addresses.map((address) => new URL(address).href));
    expect([...paths].sort()).toEqual([
      'https://dailies.example.com/slack/events',
      'https://dailies.example.com/slack/oauth_redirect',
    ]);
  });
});

test('the README explains every scope in one line, in the order of the manifest', () => {
  const rows = [...read('../README.md').matchAll(/^\| `([a-z_]+(?::[a-z.]+)?)` +\| (\S.*?) +\|$/gm)].map(
    ([, scope = '', what = '']) => ({ scope, what }),
  );
  const scoped = rows.filter(({ scope }) => /:|^commands$/.test(scope));
  expect(scoped.map(({ scope }) => scope)).toEqual([...scopes.needed, ...scopes.optional]);
  for (const { scope, what } of scoped)
    expect(what.startsWith('optional: ')).toBe((scopes.optional as readonly string[]).includes(scope));
});
