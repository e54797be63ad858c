import { describe, expect, test } from 'vitest';
import { everyWith } from '../../support/slack/block-kit.ts';
import type { Message } from '../../support/slack/world.ts';
import { button } from './people.ts';
import { acme, eventually } from './stage.ts';

type It = Awaited<ReturnType<typeof acme>>;
type Seen = Pick<It, 'world'>;

const picturesIn = ({ blocks }: Message) =>
  everyWith(blocks, 'slack_file').length + everyWith(blocks, 'image_url').length;

/** Up to two stills that are made; `before` they were asked for. */
async function withStills(given: Parameters<typeof acme>[0] = {}, before: (it: It) => void = () => {}) {
  const it = await acme(given);
  await it.ada.types(it.launch, '/video a calm film for Aurora tea, 3s');
  const campaign = await eventually(async () => (await it.campaigns(it.team.id))[0]);
  await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining && c.place !== null);
  await it.idle(campaign);
  const stills = await button(it.world, /^Stills/);
  before(it);
  await it.ada.presses(stills.message, stills.id);
  await it.until(campaign, (c) => c.boards[0]?.stills.every((s) => s.state === 'ready') === true);
  return { ...it, campaign };
}

const stillsCard = ({ world }: Seen) => world.posts().findLast((m) => /^(Pick a still|Stills)/.test(m.text));
const shown = (it: Seen) =>
  eventually(() => {
    const card = stillsCard(it);
    return card && picturesIn(card) === 2 && card;
  });

describe('stills where Slack cannot reach us', () => {
  test('are shown once Slack is done with their files, and not before', async () => {
    const it = await withStills({ standIn: { times: { shares: 700 } } });
    const card = await shown(it);
    expect(card.text).toMatch(/^Pick a still/);
    expect(it.world.mistakes()).toEqual([]);
    expect(it.world.uploads()).toHaveLength(2);
  });

  test('are shown even where Slack names what they are, and refuses them for a while', async () => {
    const it = await withStills({ standIn: { times: { shown: 700 } } });
    await shown(it);
    expect(it.world.log.some(({ error }) => error === 'invalid_blocks')).toBe(true);
    expect(it.world.uploads()).toHaveLength(2);
  });

  test('can be chosen by name where somebody deleted one of the pictures', async () => {
    const it = await withStills();
    await shown(it);
    const { files } = it.team.books;
    const first = files.find(({ title }) => /^still 1.1/.test(title));
    if (!first) throw new Error('no file of a still');
    first.deleted = true;
    const second = await button(it.world, /^Choose/, it.world.posts, 2);
    await it.ada.presses(second.message, second.id);
    await it.until(it.campaign, (c) => c.boards[0]?.picked === 2);
    const card = await eventually(() => it.world.posts().find((m) => /^Still 2 is picked/.test(m.text)));
    expect(picturesIn(card)).toBe(1);
    const other = await button(it.world, /^Choose Still 1$/);
    await it.ada.presses(other.message, other.id);
    await it.until(it.campaign, (c) => c.boards[0]?.picked === 1);
  });
});

describe('stills that Slack is to fetch from us', () => {
  const addressOf = (key: string) => `https://dailies.example.com/${key}`;

  test('are linked', async () => {
    const it = await withStills({ slack: { addressOf } });
    await shown(it);
    expect(it.world.uploads()).toEqual([]);
  });

  test('are shared in the conversation where it cannot fetch them', async () => {
    const it = await withStills({ slack: { addressOf } }, ({ team }) => {
      team.books.fetches = false;
    });
    const card = await shown(it);
    expect(everyWith(card.blocks, 'slack_file')).toHaveLength(2);
  });
});

describe('a workspace without plans and carousels', () => {
  test.each(['from the start', 'from one day on'])(
    '(%s) is asked once, and sees what moves',
    async (since) => {
      const it = await acme({ slack: { times: { betweenEdits: 40 } } });
      const { lacks } = it.team.books;
      if (since === 'from the start') lacks.push('plan', 'carousel');
      await it.ada.types(it.launch, '/video a calm film for Aurora tea, 3s');
      const go = await button(it.world, /^Generate/);
      await it.ada.presses(go.message, go.id);
      const progress = await eventually(() => it.world.posts().find((m) => /^Take 1/.test(m.text)));
      const before = progress.before.length;
      if (since !== 'from the start') lacks.push('plan', 'carousel');
      await eventually(() => /done in/.test(progress.text));
      expect(progress.before.length).toBeGreaterThan(before);
      expect(it.world.log.filter(({ error }) => error === 'invalid_blocks')).toHaveLength(1);
    },
  );
});
