import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usualPolicy } from '../../../src/campaign/policy.ts';
import { refusalCodes, refuse } from '../../../src/campaign/refusal.ts';
import { homeActions, homeView } from '../../../src/chat/slack/home.ts';
import { faultOfSettings, readSettings, settingsForm } from '../../../src/chat/slack/settings-form.ts';
import { everyWith, faultsInView } from '../../support/slack/block-kit.ts';
import { anyCard, anyText, rendering } from './cards.ts';
import { naming, sent } from './forms.ts';
import { acme, appIn, eventually } from './stage.ts';

const { link } = rendering();
const manyKits = fc.array(fc.record({ id: fc.uuid(), title: anyText, text: anyText }), { maxLength: 20 });

describe('the Home tab', () => {
  test('is valid, whatever stands on its cards', () => {
    fc.assert(
      fc.property(fc.array(anyCard, { maxLength: 6 }), fc.boolean(), manyKits, (cards, manager, kits) => {
        expect(faultsInView(homeView(cards, { manager, link, notice: 'Saved.', kits }))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('offers the settings to whoever manages the workspace', () => {
    const ids = (manager: boolean) => JSON.stringify(homeView([], { manager, link, notice: null, kits: [] }));
    expect(ids(true)).toContain(homeActions.settings);
    expect(ids(false)).not.toContain(homeActions.settings);
  });

  const shownTo = (one: { home(): { given: object } | undefined }) => JSON.stringify(one.home()?.given ?? {});

  test('shows what waits for this person, what is theirs, and what was spent', async () => {
    const { team, ada, lee, launch, world, ...it } = await acme();
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.revisions.length > 0 && c.place !== null);
    await it.app.doorsFor('slack').tell({
      ...{ id: 'go', workspace: team.id, person: ada.id, at: { campaign } },
      intent: { type: 'generate' },
    });
    await it.until(campaign, (c) => c.phase === 'review');
    await it.idle(campaign);
    await ada.opensHome();
    await lee.opensHome();
    await eventually(() => /Your videos/.test(shownTo(ada)) && /Your videos/.test(shownTo(lee)));
    expect(shownTo(ada)).toMatch(/Nothing right now.*Aurora.*Open the conversation.*\$0\.30 of \$500/s);
    expect(shownTo(lee)).toMatch(/Aurora.*Open the conversation.*None yet/s);
    expect(faultsInView(lee.home()?.given)).toEqual([]);
    const own = `https://${team.books.domain}.slack.com/archives/${launch.id}/p`;
    expect(shownTo(lee)).toContain(own);
    expect(JSON.stringify((await lee.types(launch, '/video-campaigns')).answer)).toContain(own);
  });

  test('has a link that leads on where Slack does not say in time where the workspace is', async () => {
    const { team, ada, launch, world, ...it } = await acme();
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    await it.until(await it.campaign(team.id), (c) => c.place !== null);
    world.faults.next('auth.test', { kind: 'error', error: 'internal_error' });
    await ada.opensHome();
    await eventually(() => shownTo(ada).includes(`https://slack.com/archives/${launch.id}/p`));
    await ada.opensHome();
    await eventually(() => shownTo(ada).includes(`https://${team.books.domain}.slack.com/archives/`));
  });

  test('a manager changes who decides and what may be spent; others cannot', async () => {
    const { team, ada, lee, world, ...it } = await acme();
    await lee.opensHome();
    await eventually(() => lee.home());
    await lee.presses(homeOf(lee), homeActions.settings);
    const form = await eventually(() => lee.views()[0]);
    await lee.submits(form, { people: [ada.id], quorum: 2 });
    expect(form).toMatchObject({ closed: false, errors: { people: expect.stringMatching(/at least 2/) } });
    await lee.submits(form, { take: 60 });
    expect(form.errors).toEqual({ take: expect.stringMatching(/limit for one take/i) });
    await lee.submits(form, { people: [ada.id], quorum: 1, take: 5, selfApproval: 'yes' });
    expect(form.closed).toBe(true);
    expect(await it.app.engine.policy(team.id)).toMatchObject({
      approvers: { people: [ada.id], groups: [] },
      quorum: 1,
      selfApproval: true,
      caps: { ...usualPolicy.caps, take: 5_000_000 },
    });
    await eventually(() => /Saved/.test(shownTo(lee)));
    expect((await it.app.engine.policy(team.id)).adminPlace).toBeNull();
    const asked = { id: 'x', workspace: team.id, person: ada.id, change: { quorum: 3 } };
    const who = { name: 'Ada', groups: [], manager: false };
    expect(await it.app.doorsFor('slack').manage({ ...asked, who })).toEqual(refuse('manager-only'));
  });

  test.each([homeActions.brief, homeActions.settings])(
    '%s that comes too late is said there',
    async (pressed) => {
      const { lee, world } = await acme();
      await lee.opensHome();
      await eventually(() => lee.home());
      world.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
      await lee.presses(homeOf(lee), pressed);
      await eventually(() => /press once more/.test(shownTo(lee)));
      expect(lee.views()).toEqual([]);
    },
  );

  test('of another version is made anew when something on it is pressed', async () => {
    const { lee } = await acme();
    await lee.opensHome();
    const home = await eventually(() => lee.home());
    home.given = JSON.parse(JSON.stringify(home.given).replaceAll(homeActions.brief, 'home:before'));
    await lee.presses(homeOf(lee), 'home:before');
    await eventually(() => /another version/.test(shownTo(lee)));
    expect(shownTo(lee)).toContain(homeActions.brief);
  });

  test('a manager chooses where admins are told of trouble, and there they are', async () => {
    const { team, lee, launch, world, ...it } = await acme();
    await lee.opensHome();
    await eventually(() => lee.home());
    await lee.presses(homeOf(lee), homeActions.settings);
    await lee.submits(await eventually(() => lee.views()[0]), { adminPlace: launch.id });
    expect((await it.app.engine.policy(team.id)).adminPlace).toBe(`slack:${team.id}/${launch.id}`);
    const notice = {
      about: 'key',
      variable: 'OPENAI_API_KEY',
      reason: 'bad-key',
      day: '2026-11-21',
    } as const;
    await it.app.engine.notify(team.id, notice);
    await eventually(() =>
      world.posts().some((m) => m.channel === launch.id && /OPENAI_API_KEY/.test(m.text)),
    );
    await lee.presses(homeOf(lee), homeActions.settings);
    expect(JSON.stringify((await eventually(() => lee.views()[0])).given)).toContain(launch.id);
  });

  test('that cannot be sure who somebody is says so in time, and changes nothing', async () => {
    const { team, lee, world, ...it } = await acme({ slack: { times: { timeout: 10_000 } } });
    await lee.opensHome();
    await eventually(() => lee.home());
    await lee.presses(homeOf(lee), homeActions.settings);
    const form = await eventually(() => lee.views()[0]);
    await it.stop();
    // Another life, which knows nobody yet.
    const again = await appIn(world, { folder: it.folder, token: team.token });
    world.faults.next('users.info', { kind: 'slow', wait: 2_500 });
    await lee.submits(form, { quorum: 2 });
    expect(form).toMatchObject({
      closed: false,
      errors: { people: expect.stringMatching(/press Save again/) },
    });
    const [sent] = world.deliveries.all.filter(({ name }) => name === 'view_submission');
    expect(sent?.tries[0]?.milliseconds).toBeLessThan(2_400);
    expect(await again.app.engine.policy(team.id)).toMatchObject({ quorum: 1 });
  });

  test('forgets what somebody wrote, where it is over', async () => {
    const { team, ada, launch, world, ...it } = await acme();
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.revisions.length > 0);
    await ada.opensHome();
    await eventually(() => ada.home());
    await ada.presses(homeOf(ada), homeActions.forget);
    await eventually(() => /still open are kept/.test(shownTo(ada)));
    // At once, and not when somebody looks again by chance.
    await it.app.idle(`workspace:${team.id}`, 3_000);
    expect((await it.app.engine.campaign(`campaign:${campaign}`)).brief.words).toContain('calm film');
    const tell = (id: string, intent: { type: 'cancel' } | { type: 'generate' }) =>
      it.app.doorsFor('slack').tell({ id, workspace: team.id, person: ada.id, at: { campaign }, intent });
    await tell('stop', { type: 'cancel' });
    await ada.presses(homeOf(ada), homeActions.forget);
    const { brief, revisions } = await eventually(async () => {
      const now = await it.app.engine.campaign(`campaign:${campaign}`);
      return now.brief.words === '[forgotten]' && now;
    });
    expect([brief.words, revisions[0]?.motion.words]).toEqual(['[forgotten]', '[forgotten]']);
  });
});

/** The Home tab as something to press on. */
const homeOf = (person: { home(): unknown }) => {
  const home = person.home();
  if (!home) throw new Error('no Home tab');
  return home as never;
};

describe('the settings', () => {
  const policy = {
    ...usualPolicy,
    approvers: { people: ['U1', 'maya'], groups: ['S1', 'gone'] },
    quorum: 2,
    adminPlace: 'slack:T1/C1',
  };
  const form = () => settingsForm(policy, [{ value: 'S1', label: '@brand' }]);

  test('left as they are change nothing, but for people that are none of Slack', () => {
    expect(faultsInView(form())).toEqual([]);
    expect(readSettings(sent(form(), {}), naming)).toEqual({
      change: {
        approvers: { people: ['U1'], groups: ['S1', 'gone'] },
        quorum: 2,
        selfApproval: false,
        adminPlace: 'slack:T1/C1',
        caps: usualPolicy.caps,
      },
    });
  });

  test('keep a group that is not seen, and call it no ids', () => {
    const groups = ['S00000009', 'C00000009', 'D00000009'];
    const view = settingsForm({ ...policy, approvers: { people: [], groups } }, []);
    const labels = everyWith(view, 'options').flatMap(
      ({ options }) => options as { text: { text: string } }[],
    );
    expect(labels.map(({ text }) => text.text)).not.toContainEqual(expect.stringMatching(/0009/));
    expect(readSettings(sent(view, {}), naming)).toMatchObject({ change: { approvers: { groups } } });
  });

  test.each([
    ['take', 'a lot'],
    ['workspaceMonth', -1],
    ['quorum', 0],
  ])('%s: %s is no number it can be', (name, value) =>
    expect(readSettings(sent(form(), { [name]: value }), naming)).toEqual({
      faults: { [name]: expect.any(String) },
    }),
  );

  test('every "no" has an input there', () => {
    const inputs = form().blocks.map((block) => block.block_id);
    for (const refusal of refusalCodes)
      expect(inputs).toEqual(
        expect.arrayContaining(Object.keys(faultOfSettings({ refusal, sentence: 'No.' }))),
      );
  });
});
