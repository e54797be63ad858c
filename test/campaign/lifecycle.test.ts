import { describe, expect, test } from 'vitest';
import { asOf, type Catalogue, isRetired } from '../../src/campaign/model.ts';
import { isRefusal } from '../../src/campaign/refusal.ts';
import { say } from '../../src/chat/wording.ts';
import { everyModel, offered } from '../../src/providers/catalogue.ts';
import { learned, noted } from '../../src/providers/findings.ts';
import type { Finding } from '../../src/providers/probe.ts';
import { story } from './specification.ts';

const every = await everyModel();
const all = new Set(['openai', 'poe', 'replicate', 'runway']);
const dates = [...new Set(every.flatMap((m) => m.shutdownOn ?? []))].sort();
const asked = every.filter(
  (m) => m.kinds.some((kind) => kind.endsWith('-to-video')) && offered(every, all).includes(m),
);

/** Opens a campaign with a model on a day, at the length and shape that are usual. */
function model(name: string, catalogue: Catalogue) {
  const it = story({ catalogue });
  const intent = {
    type: 'open',
    words: 'Tea',
    options: { model: name },
    references: [],
    place: 'p',
  } as const;
  const refused = it.take({ ...intent, references: [] });
  return isRefusal(refused) ? refused : it.campaign;
}

describe.each(['2026-11-21', ...dates, '2030-01-01'])('on %s', (day) => {
  const catalogue = asOf(offered(every, all), day);

  test.each(asked.map((m) => m.id))(
    '%s, asked for by name, still yields a video or says what is possible',
    (id) => {
      const got = model(id, catalogue);
      if (isRefusal(got)) {
        expect(['seconds-impossible', 'aspect-impossible']).toContain(got.refusal);
        expect(isRetired(every.find((m) => m.id === id) as (typeof every)[number], day)).toBe(false);
        return;
      }
      const runs = catalogue.find((m) => m.id === got.settings.model);
      expect(runs?.status).not.toBe('retired');
    },
  );

  test('nobody named: the best that lives', () => {
    const it = story({ catalogue });
    it.open();
    expect(catalogue.find((m) => m.id === it.campaign.settings.model)?.status).not.toBe('retired');
  });
});

/** The catalogue after a probe found the same of every model that can be asked about. */
const probed = (finding: Finding) => {
  const at = { now: 0, today: '2026-11-21' };
  const living = every.filter((m) => m.status !== 'retired' && m.provider === 'replicate');
  return learned(every, Object.fromEntries(living.map((m) => [m.id, noted(undefined, m, finding, at)])));
};

describe.each<[string, Finding, string]>([
  ['end on a day the catalogue does not know', { verdict: 'ends', says: '', on: '2026-12-24' }, '2026-12-24'],
  ['are gone', { verdict: 'gone', says: '' }, '2026-11-21'],
  ['have changed', { verdict: 'differs', says: 'duration' }, '2026-11-21'],
])('all models of one provider %s', (_, finding, day) => {
  const catalogue = asOf(offered(probed(finding), all), day);

  test.each(['kling-v3-omni', 'seedance-2.5', 'sora-2-pro', 'veo-3.1'])(
    '%s, asked for by name, gets a film elsewhere, and it is said why',
    (id) => {
      const got = model(id, catalogue);
      if (isRefusal(got)) throw new Error(got.sentence);
      const runs = catalogue.find((m) => m.id === got.settings.model);
      expect(runs?.status).not.toBe('retired');
      expect(runs?.provider).not.toBe('replicate');
      const [reply] = got.replies;
      expect(reply && say(reply.say)).toContain(`using ${runs?.name}: same 16:9, 6 s.`);
    },
  );
});

describe('names that people type', () => {
  const catalogue = asOf(offered(every, all), '2026-11-21');

  test.each(['sora-2-pro', 'OpenAI Sora 2 Pro', 'sora', 'runway-gen3', 'runway-gen2'])(
    '%s is answered by a living model, and said',
    (name) => {
      const got = model(name, catalogue);
      if (isRefusal(got)) throw new Error(got.sentence);
      expect(catalogue.find((m) => m.id === got.settings.model)?.status).toBe('live');
      expect(got.replies.map((r) => r.say.about)).toContain('substituted');
    },
  );
});
