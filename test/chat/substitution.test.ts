import { expect, test } from 'vitest';
import type { Model } from '../../src/campaign/model.ts';
import { type Why, whyNot } from '../../src/campaign/substitution.ts';
import { inPlace } from '../../src/chat/substitution.ts';
import { say } from '../../src/chat/wording.ts';
import { catalogue, story } from '../campaign/specification.ts';

const same = { seconds: 8, aspect: '9:16', still: false, references: 2 } as const;
const best = catalogue.find((m) => m.id === 'best') as Model;
const need = { seconds: 8, aspect: '9:16', hasStill: false } as const;

test('a retired model: when it ended, what runs now, what stays', () => {
  expect(inPlace('Sora 2 Pro', { kind: 'retired', on: '2026-09-24' }, 'Seedance 2.5', same)).toBe(
    'Sora 2 Pro was retired on 24 Sep 2026; using Seedance 2.5: same references, 9:16, 8 s.',
  );
});

test.each<[string, object, object, Why['kind'], string]>([
  ['length', { seconds: [4, 6] }, {}, 'seconds', 'makes no clip of 8 s'],
  ['shape', { aspects: ['16:9'] }, {}, 'aspect', 'does not make 9:16'],
  ['still', { kinds: ['text-to-video'] }, { hasStill: true }, 'still', 'cannot start from a still'],
  ['words', { kinds: ['image-to-video'] }, {}, 'only-still', 'starts from a still only'],
  ['references', { references: 1 }, { references: 2 }, 'references', 'cannot take all the references'],
  ['no film', { kinds: ['still'] }, {}, 'no-film', 'makes no film'],
  ['its day', { status: 'retired', shutdownOn: '2026-09-24' }, {}, 'retired', 'was retired on 24 Sep 2026'],
  [
    'its provider',
    { status: 'retired', found: { how: 'gone', since: '2026-11-21', says: '' } },
    {},
    'gone',
    'is not at its provider any more',
  ],
  [
    'a change',
    { status: 'retired', found: { how: 'changed', since: '2026-11-21', says: '' } },
    {},
    'changed',
    'has changed at its provider',
  ],
])('why a model does not run: %s', (_, model, more, kind, words) => {
  const why = whyNot({ ...best, ...model }, { ...need, ...more });
  expect(why.kind).toBe(kind);
  expect(inPlace('Best', why, 'Second', same)).toContain(`Best ${words}`);
});

test('the thread says it, counting the pictures that came with the brief', () => {
  const it = story({ catalogue: catalogue.map((m) => (m.id === 'best' ? { ...m, references: 4 } : m)) });
  const source = { kind: 'link', url: 'https://example.com/a.png' } as const;
  const references = [{ name: 'a.png', purpose: 'style' as const, source }];
  it.open('Tea', { options: { model: 'gone', aspect: '9:16', seconds: 8 }, references });
  const reply = it.campaign.replies[0];
  expect(reply && say(reply.say)).toBe(
    'Gone was retired on 24 Sep 2026; using Best: same reference, 9:16, 8 s.',
  );
});
