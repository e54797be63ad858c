import { describe, expect, test } from 'vitest';
import type { Never } from '../../src/errors.ts';
import { sealWith } from '../../src/seal.ts';
import { checkSeal, keepFor } from '../../src/wiring/keep.ts';

const key = (id: string, filling: number) => ({ id, key: new Uint8Array(32).fill(filling) });
const seal = sealWith([key('a', 1)]);
const newer = sealWith([key('b', 2), key('a', 1)]);
const token = { token: 'xoxb-secret' };

/** The kept rows of a journal. */
function rows() {
  const kept = new Map<string, unknown>();
  return {
    kept,
    journal: {
      kept: async (space: string, name: string) => kept.get(`${space}/${name}`) ?? null,
      keep: async (space: string, name: string, value: unknown) => void kept.set(`${space}/${name}`, value),
      keptKeys: async (space: string, beginning: string) =>
        [...kept.keys()]
          .filter((name) => name.startsWith(`${space}/${beginning}`))
          .map((name) => name.slice(space.length + 1)),
      takeKept: async (space: string, name: string) => {
        const value = kept.get(`${space}/${name}`) ?? null;
        kept.delete(`${space}/${name}`);
        return value;
      },
    },
  };
}

describe('what a platform keeps', () => {
  test('is sealed where there is a key, and reads back', async () => {
    const { journal, kept } = rows();
    await keepFor('slack', journal, seal).put('installation/T1', token);
    expect(JSON.stringify([...kept])).not.toContain('xoxb');
    expect(await keepFor('slack', journal, seal).get('installation/T1')).toEqual(token);
    expect(await keepFor('slack', journal, seal).take('installation/T1')).toEqual(token);
    expect(await keepFor('slack', journal, seal).get('installation/T1')).toBeNull();
  });

  test('a row copied to another tenant or platform does not open', async () => {
    const { journal, kept } = rows();
    await keepFor('slack', journal, seal).put('installation/T1', token);
    kept.set('slack/installation/T2', kept.get('slack/installation/T1'));
    kept.set('discord/installation/T1', kept.get('slack/installation/T1'));
    await expect(keepFor('slack', journal, seal).get('installation/T2')).rejects.toThrow(/elsewhere/);
    await expect(keepFor('discord', journal, seal).get('installation/T1')).rejects.toThrow(/elsewhere/);
  });

  test('is sealed anew with the newest key when it is read', async () => {
    const { journal } = rows();
    await keepFor('slack', journal, seal).put('installation/T1', token);
    expect(await keepFor('slack', journal, newer).get('installation/T1')).toEqual(token);
    const onlyNew = sealWith([key('b', 2)]);
    expect(await keepFor('slack', journal, onlyNew).get('installation/T1')).toEqual(token);
  });
});

describe('what does not open', () => {
  const refusedBy = async (journal: ReturnType<typeof rows>['journal'], name: string, other = seal) => {
    const error = await keepFor('slack', journal, other)
      .get(name)
      .catch((thrown: unknown) => thrown);
    const { code, isHouseTrouble } = error as Never;
    return { code, isHouseTrouble };
  };

  test('waits for its operator where only the key is missing; what is damaged stays so', async () => {
    const { journal, kept } = rows();
    await keepFor('slack', journal, seal).put('installation/T1', token);
    kept.set('slack/installation/T2', kept.get('slack/installation/T1'));
    const missing = { code: 'secret-key', isHouseTrouble: true };
    expect(await refusedBy(journal, 'installation/T1', sealWith([key('b', 2)]))).toEqual(missing);
    expect(await refusedBy(journal, 'installation/T2')).toEqual({
      code: 'secret-torn',
      isHouseTrouble: false,
    });
  });
});

describe('what is taken', () => {
  test.each([
    ['the key is missing', sealWith([key('b', 2)])],
    ['the key is another one', sealWith([key('a', 2)])],
    ['there is no key at all', null],
  ])('is not lost where %s', async (_what, wrong) => {
    const { journal } = rows();
    await keepFor('slack', journal, seal).put('state/1', token);
    await expect(keepFor('slack', journal, wrong).take('state/1')).rejects.toMatchObject({ name: 'Never' });
    expect(await keepFor('slack', journal, seal).take('state/1')).toEqual(token);
    expect(await keepFor('slack', journal, seal).take('state/1')).toBeNull();
  });

  test('goes to one of those who take it at once', async () => {
    const { journal } = rows();
    const keep = keepFor('slack', journal, seal);
    await keep.put('state/1', token);
    const taken = await Promise.all([1, 2, 3].map(() => keep.take('state/1')));
    expect(taken.filter((value) => value !== null)).toEqual([token]);
  });
});

describe('at start', () => {
  test('a missing key is named, also when there is none at all', async () => {
    const { journal } = rows();
    await checkSeal(journal, seal);
    await checkSeal(journal, seal);
    await expect(checkSeal(journal, sealWith([key('b', 2)]))).rejects.toThrow(/“a”/);
    await expect(checkSeal(journal, null)).rejects.toThrow(/SECRET_KEYS is not set.*“a”/);
  });

  test('without keys, and nothing sealed, there is nothing to say', async () => {
    const { journal, kept } = rows();
    await checkSeal(journal, null);
    expect(kept.size).toBe(0);
  });
});
