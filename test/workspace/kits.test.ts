import { describe, expect, test } from 'vitest';
import type { KitIntentOf } from '../../src/campaign/brand-kit.ts';
import type { Context } from '../../src/campaign/context.ts';
import { isRefusal, type Refusal } from '../../src/campaign/refusal.ts';
import { forgotten } from '../../src/campaign/words.ts';
import { decide, evolve, react } from '../../src/workspace/decide.ts';
import { mostKits } from '../../src/workspace/decide-kits.ts';
import { brandsOf } from '../../src/workspace/kits.ts';
import {
  readWorkspaceEvent,
  unsetWorkspace,
  type WorkspaceEvent,
  type WorkspaceIntent,
  type WorkspaceOutcome,
} from '../../src/workspace/workspace.ts';
import { contextWith, picture } from '../campaign/specification.ts';

/** A workspace that is asked and told things in turn. */
function tenant(given: Partial<Context> = {}) {
  let workspace = unsetWorkspace('w');
  const context = contextWith({ person: 'lee', ...given });
  const events: WorkspaceEvent[] = [];
  const take = (input: WorkspaceIntent | WorkspaceOutcome): WorkspaceEvent[] | Refusal => {
    const decided = decide(workspace, input, context);
    if (isRefusal(decided)) return decided;
    // What is kept is what is read again.
    const read = decided.map(({ type, ...body }) =>
      readWorkspaceEvent(type, 5, JSON.parse(JSON.stringify(body))),
    );
    workspace = read.reduce(evolve, workspace);
    events.push(...read);
    return read;
  };
  const keep = (wish: Partial<KitIntentOf<'keep-kit'>> = {}) =>
    take({ type: 'keep-kit', kit: null, name: 'Aurora', place: 'memory:lee', ...wish });
  return {
    take,
    keep,
    events,
    get workspace() {
      return workspace;
    },
    get kit() {
      return workspace.kits[0];
    },
  };
}

const offer = (name = 'aurora.svg') => ({
  name,
  purpose: 'logo' as const,
  source: { kind: 'link' as const, url: `https://a.test/${name}` },
});
const arrived = (kit: string, logo: string, sha256 = 'one') => ({
  ...{ type: 'logo.fetched' as const, kit, logo, notes: ['small'], palette: ['#0f766e'] },
  picture: picture(sha256),
});
const code = (answer: WorkspaceEvent[] | Refusal) => (isRefusal(answer) ? answer.refusal : null);

describe('a brand kit', () => {
  test('keeps what was said of it; what is left out later stays, and every change is a revision', () => {
    const it = tenant();
    it.keep({ colours: ['#0F766E', 'fde68a', '#0f766e'], voice: ' calm ', bans: ['people', ''] });
    expect(it.kit).toMatchObject({
      ...{ name: 'Aurora', revision: 1, logo: null, voice: { words: 'calm' } },
      ...{ colours: ['#0f766e', '#fde68a'], bans: [{ words: 'people' }] },
    });
    it.keep({ name: 'AURORA', colours: ['#abc'] });
    expect(it.kit).toMatchObject({ name: 'Aurora', revision: 2, colours: ['#aabbcc'] });
    expect(it.kit?.bans).toEqual([{ words: 'people' }]);
    it.keep({ name: 'AURORA', voice: '', bans: [] });
    expect(it.kit).toMatchObject({ revision: 3, voice: null, bans: [] });
    expect(it.keep({ name: 'AURORA' })).toEqual([]);
    expect(it.workspace.kits).toHaveLength(1);
  });

  test('bears a name once, whatever its case; a new one does not overwrite', () => {
    const it = tenant();
    it.keep();
    it.keep({ name: 'Borealis' });
    const [aurora] = it.workspace.kits;
    expect(code(it.keep({ name: 'ａurora', fresh: true }))).toBe('kit-name-taken');
    expect(code(it.keep({ kit: aurora?.id ?? '', name: 'borealis' }))).toBe('kit-name-taken');
    it.keep({ kit: aurora?.id ?? '', name: 'Zenith' });
    expect(it.workspace.kits.map(({ name }) => name)).toEqual(['Borealis', 'Zenith']);
    expect(code(it.keep({ kit: 'gone' }))).toBe('kit-unknown');
  });

  test.each<[string, Partial<KitIntentOf<'keep-kit'>>]>([
    ['kit-name-unusable', { name: '—' }],
    ['kit-name-unusable', { name: 'none' }],
    ['kit-name-unusable', { name: 'a'.repeat(41) }],
    ['kit-colour-unreadable', { colours: ['teal'] }],
    ['kit-colour-unreadable', { colours: ['#12345'] }],
    ['kit-colours-too-many', { colours: [1, 2, 3, 4, 5, 6, 7].map((n) => `#00000${n}`) }],
    ['kit-voice-too-long', { voice: 'a'.repeat(301) }],
    ['kit-bans-too-many', { bans: Array.from({ length: 11 }, (_, n) => `ban ${n}`) }],
    ['kit-bans-too-many', { bans: ['a'.repeat(121)] }],
  ])('is refused: %s', (refusal, wish) => {
    const it = tenant();
    expect(code(it.keep(wish))).toBe(refusal);
    expect(it.events).toEqual([]);
  });

  test('there are only so many', () => {
    const it = tenant();
    for (let n = 0; n < mostKits; n++) it.keep({ name: `Kit ${n}` });
    expect(code(it.keep({ name: 'One more' }))).toBe('kits-too-many');
    expect(code(it.keep({ name: 'Kit 3', voice: 'loud' }))).toBeNull();
    it.take({ type: 'drop-kit', kit: 'kit 3' });
    expect(code(it.keep({ name: 'One more' }))).toBeNull();
  });

  test('one is the usual one, until it is no more', () => {
    const it = tenant();
    it.keep({ usual: true });
    it.keep({ name: 'Borealis', usual: false });
    expect(it.workspace.usualKit).toBe(it.kit?.id);
    it.keep({ usual: false });
    expect(it.workspace.usualKit).toBeNull();
    it.keep({ usual: true });
    it.take({ type: 'drop-kit', kit: 'aurora' });
    expect(brandsOf(it.workspace)).toMatchObject({ usual: null, kits: [{ name: 'Borealis' }] });
    expect(code(it.take({ type: 'drop-kit', kit: 'aurora' }))).toBe('kit-unknown');
  });

  test('has nothing left of what was forgotten', () => {
    const it = tenant();
    it.keep({ voice: forgotten, bans: [forgotten, 'rain'] });
    expect(brandsOf(it.workspace).kits).toMatchObject([{ voice: null, bans: [{ words: 'rain' }] }]);
  });

  test('is not made where the workspace is gone', () => {
    const it = tenant();
    it.take({ type: 'suspend' });
    expect(code(it.keep())).toBe('workspace-suspended');
  });
});

describe('its logo', () => {
  function offered() {
    const it = tenant();
    it.keep({ logo: offer() });
    return { it, id: it.kit?.id ?? '', logo: it.kit?.coming?.logo ?? '' };
  }

  test('is fetched first; then the kit has it, as a new revision, and who brought it hears so', () => {
    const { it, id, logo } = offered();
    const last = it.events.at(-1) as WorkspaceEvent;
    expect(react(it.workspace, last)).toEqual([{ type: 'fetch-logo', kit: id, logo }]);
    expect(it.kit).toMatchObject({ logo: null, revision: 1 });
    const [, raised] = it.take(arrived(id, logo)) as WorkspaceEvent[];
    expect(it.kit).toMatchObject({
      ...{ revision: 2, coming: null, refused: null },
      logo: { name: 'aurora.svg', picture: { sha256: 'one' }, palette: ['#0f766e'] },
    });
    expect(raised && react(it.workspace, raised)).toEqual([
      { type: 'sync-card', place: 'memory:lee', key: `logo:${id}:${logo}` },
    ]);
  });

  test.each<[string, (kit: string, logo: string) => WorkspaceOutcome]>([
    ['image-pdf', (kit, logo) => ({ type: 'logo.refused', kit, logo, code: 'image-pdf' })],
    [
      'reference-timeout',
      (kit, logo) => ({ type: 'gave-up', effect: { type: 'fetch-logo', kit, logo }, sent: false }),
    ],
  ])('that is no good (%s) leaves the kit as it was, and who brought it hears why', (why, outcome) => {
    const { it, id, logo } = offered();
    it.take(arrived(id, logo));
    it.keep({ logo: offer('second.pdf') });
    const second = it.kit?.coming?.logo ?? '';
    it.take(outcome(id, second));
    expect(it.kit).toMatchObject({
      ...{ revision: 2, coming: null, refused: { name: 'second.pdf', code: why } },
      logo: { name: 'aurora.svg' },
    });
    expect(it.workspace.notices).toMatchObject([
      { place: 'memory:lee', notice: { about: 'logo', code: why, file: 'second.pdf' } },
    ]);
  });

  test('that was overtaken by another is nobody’s any more', () => {
    const { it, id, logo } = offered();
    it.keep({ logo: offer('newer.svg') });
    expect(it.take(arrived(id, logo))).toEqual([]);
    expect(it.kit?.coming?.name).toBe('newer.svg');
  });

  test('can be taken out: one revision, whatever else was said, and campaigns hear of it', () => {
    const { it, id, logo } = offered();
    it.take(arrived(id, logo));
    it.keep({ logo: null });
    expect(it.kit).toMatchObject({ logo: null, revision: 3 });
    expect(brandsOf(it.workspace).kits).toMatchObject([{ logo: null, revision: 3 }]);
    expect(it.keep({ logo: null })).toEqual([]);
    it.keep({ logo: offer() });
    it.take(arrived(id, it.kit?.coming?.logo ?? ''));
    it.keep({ voice: 'calm', logo: null });
    expect(it.kit).toMatchObject({ logo: null, revision: 5, voice: { words: 'calm' } });
  });

  test('on its way is called off: what was fetched is not taken, and nothing has changed', () => {
    const { it, id, logo } = offered();
    it.keep({ logo: null });
    expect(it.kit).toMatchObject({ logo: null, coming: null, revision: 1 });
    expect(it.take(arrived(id, logo))).toEqual([]);
    it.keep({ logo: offer('bad.pdf') });
    const bad = it.kit?.coming?.logo ?? '';
    it.take({ type: 'logo.refused', kit: id, logo: bad, code: 'image-pdf' });
    it.keep({ logo: null });
    expect(it.kit).toMatchObject({ refused: null, revision: 1 });
  });

  test('of a kit that is gone is no concern', () => {
    const { it, id, logo } = offered();
    it.take({ type: 'drop-kit', kit: id });
    expect(it.take(arrived(id, logo))).toEqual([]);
  });
});

test('what was kept before there were kits is read as it was', () => {
  const old = readWorkspaceEvent('workspace.suspended', 4, { at: 7 });
  expect(evolve(unsetWorkspace('w'), old)).toMatchObject({ suspendedAt: 7, kits: [], usualKit: null });
});
