import { describe, expect, test } from 'vitest';
import { asOf, fittingModels, inPlaceOf, isByName, type Model } from '../../src/campaign/model.ts';
import { everyModel } from '../../src/providers/catalogue.ts';
import { dueIn, learned, noted } from '../../src/providers/findings.ts';
import type { Finding } from '../../src/providers/probe.ts';

const all = await everyModel();
const named = (id: string) => all.find((m) => m.id === id) as Model;
const hour = 3_600_000;
const today = '2026-11-21';
const note = (id: string, finding: Finding, now = 0) => noted(undefined, named(id), finding, { now, today });
const with_ = (id: string, finding: Finding) => learned(all, { [id]: note(id, finding) });
const best = (catalogue: readonly Model[]) =>
  fittingModels(catalogue, { seconds: 6, aspect: '16:9', hasStill: false }).map((m) => m.id);

describe('what a probe finds', () => {
  test('parameters that fit: the model no longer waits to be asked for by name', () => {
    expect(best(all)).not.toContain('wan-3');
    expect(best(with_('wan-3', { verdict: 'fits', says: '' }))).toContain('wan-3');
    expect(best(with_('wan-3', { verdict: 'lives', says: '' }))).not.toContain('wan-3');
  });

  test('is not what it costs, nor that it still runs: who proves that is an operator, by an entry of their own', () => {
    const open = all.filter(({ unproven = [] }) => unproven.some((each) => each !== 'inputs'));
    const fits = Object.fromEntries(open.map(({ id }) => [id, note(id, { verdict: 'fits', says: '' })]));
    expect(open.map(({ id }) => id)).toEqual(expect.arrayContaining(['veo-3.1', 'hailuo-2.3', 'seedream-4']));
    for (const { id } of open)
      expect(
        learned(all, fits)
          .filter(isByName)
          .map((m) => m.id),
      ).toContain(id);
    const own = all.map(({ unproven: _, ...model }) => model);
    expect(best(own)).toEqual(expect.arrayContaining(['veo-3.1', 'hailuo-2.3']));
  });

  test('leaves what is for people to ask for by name', () => {
    const id = 'replicate-gpt-image-1.5';
    expect(
      with_(id, { verdict: 'fits', says: '' })
        .filter(isByName)
        .map((m) => m.id),
    ).toContain(id);
  });

  test.each(['gone', 'differs'] as const)(
    '%s: it is not chosen any more, and its reason is known',
    (verdict) => {
      const catalogue = with_('kling-v3-omni', { verdict, says: 'why' });
      expect(best(catalogue)).not.toContain('kling-v3-omni');
      const model = catalogue.find((m) => m.id === 'kling-v3-omni') as Model;
      expect(model).toMatchObject({ status: 'retired', found: { since: today, says: 'why' } });
      expect(inPlaceOf(catalogue, model)?.id).not.toBe('kling-v3-omni');
    },
  );

  test('an end that the catalogue does not know: until then it runs, then it is retired', () => {
    const catalogue = with_('kling-v3-omni', { verdict: 'ends', says: '', on: '2026-12-24' });
    expect(best(asOf(catalogue, '2026-12-23'))).toContain('kling-v3-omni');
    expect(best(asOf(catalogue, '2026-12-24'))).not.toContain('kling-v3-omni');
  });

  test('of an entry that was mended since: nothing', () => {
    const findings = { 'kling-v3-omni': note('kling-v3-omni', { verdict: 'differs', says: '' }) };
    const mended = all.map((m) => (m.id === 'kling-v3-omni' ? { ...m, references: 1 } : m));
    expect(best(learned(mended, findings))).toContain('kling-v3-omni');
  });

  test('of a model that is retired anyhow: nothing', () => {
    const catalogue = with_('sora-2-pro', { verdict: 'fits', says: '' });
    expect(catalogue.find((m) => m.id === 'sora-2-pro')?.status).toBe('retired');
  });
});

describe('when it is asked again', () => {
  const model = named('veo-3.1');
  const wait = (finding: Finding) => dueIn(model, note('veo-3.1', finding), 0, 24 * hour);

  test.each<[Finding['verdict'], number]>([
    ['fits', 24],
    ['lives', 24],
    ['ends', 24],
    ['gone', 1],
    ['differs', 1],
    ['unknown', 1],
  ])('after "%s": in %i hours', (verdict, hours) => {
    expect(wait({ verdict, says: '' })).toBe(hours * hour);
  });

  test('never asked, or mended since: now', () => {
    expect(dueIn(model, undefined, 0, 24 * hour)).toBe(0);
    const known = note('veo-3.1', { verdict: 'fits', says: '' });
    expect(dueIn({ ...model, references: 1 }, known, 0, 24 * hour)).toBe(0);
  });

  test('an asking in vain leaves what was known, and is repeated soon', () => {
    const before = note('veo-3.1', { verdict: 'gone', says: 'no such model' });
    const later = { now: 5 * hour, today: '2026-11-22' };
    const after = noted(before, model, { verdict: 'unknown', says: 'no answer' }, later);
    expect(after).toMatchObject({ verdict: 'gone', since: today, askedAt: 5 * hour, inVain: true });
    expect(dueIn(model, after, 5 * hour, 24 * hour)).toBe(hour);
  });

  test('the day it was first found so stays while it is found so', () => {
    const before = note('veo-3.1', { verdict: 'gone', says: '' });
    const at = { now: 0, today: '2026-11-23' };
    expect(noted(before, model, { verdict: 'gone', says: '' }, at).since).toBe(today);
    expect(noted(before, model, { verdict: 'fits', says: '' }, at).since).toBe('2026-11-23');
  });
});
