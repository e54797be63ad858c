import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { statesIn } from '../../../src/chat/slack/oauth.ts';
import type { Log } from '../../../src/log.ts';
import type { StandIn } from '../../support/slack/slack.ts';
import { button } from './people.ts';
import { acme, appIn, bookLog, eventually, standIn } from './stage.ts';

const SECRET_KEYS = `first:${randomBytes(32).toString('base64')}`;
const film = '/video a calm film for Aurora tea, 3s';

type App = Awaited<ReturnType<typeof appIn>>;
type Person = ReturnType<ReturnType<StandIn['workspace']>['person']>;

async function manyWorkspaces(
  world: StandIn,
  folder?: string,
  { clientSecret = world.app.clientSecret, log }: { clientSecret?: string; log?: Log } = {},
): Promise<App> {
  const it: App = await appIn(world, {
    environment: { SECRET_KEYS },
    ...(folder ? { folder } : {}),
    slack: {
      ...(log && { log }),
      oauth: {
        clientId: world.app.clientId,
        clientSecret,
        publicUrl: 'https://dailies.example.com',
      },
    },
  });
  return it;
}

/** A browser on its way back from Slack, where whoever stood there last agrees. */
async function visit(it: App) {
  const start = await fetch(`${it.url}/slack/install`, { redirect: 'manual' });
  const cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
  const consent = await fetch(start.headers.get('location') ?? '', { redirect: 'manual' });
  const { pathname, search } = new URL(consent.headers.get('location') ?? '');
  return (headers: Record<string, string> = { cookie }) =>
    fetch(`${it.url}${pathname}${search}`, { headers, redirect: 'manual' });
}

async function install(it: App, person: Person): Promise<void> {
  const page = await person.installs(`${it.url}/slack/install`);
  expect(page).toMatchObject({ status: 200, text: expect.stringMatching(/Dailies is installed/) });
}

async function two() {
  const world = await standIn();
  const it = await manyWorkspaces(world);
  const teams = [];
  for (const name of ['Acme', 'Globex']) {
    const team = world.workspace(name, { installed: false });
    const ada = team.person('ada', { isAdmin: true });
    await install(it, ada);
    teams.push({ team, ada, launch: team.channel('launch', [ada]) });
  }
  const [acme, globex] = teams;
  if (!acme || !globex) throw new Error('no teams');
  return { world, it, acme, globex };
}

describe('two workspaces side by side', () => {
  test('never see each other: each call bears the token of its own', async () => {
    const { world, it, acme, globex } = await two();
    await Promise.all([acme.ada.types(acme.launch, film), globex.ada.types(globex.launch, film)]);
    const both = await Promise.all([acme, globex].map(({ team }) => it.campaign(team.id)));
    await Promise.all(both.map((one) => it.until(one, (c) => c.revisions.length > 0 && c.place !== null)));
    await Promise.all(both.map(it.idle));
    for (const { team, launch } of [acme, globex]) {
      const own = world.log.filter(({ workspace }) => workspace === team.id);
      expect(own.length).toBeGreaterThan(2);
      expect(new Set(own.map(({ token }) => token))).toEqual(new Set([team.token]));
      expect(world.posts().filter((m) => m.channel === launch.id)).not.toEqual([]);
    }
    expect(world.mistakes()).toEqual([]);
  });

  test('a press from one on a card of the other is as if that campaign were not there', async () => {
    const { world, it, acme, globex } = await two();
    await acme.ada.types(acme.launch, film);
    const campaign = await it.campaign(acme.team.id);
    await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining);
    await globex.ada.types(globex.launch, film);
    const theirs = await button(world, /^Generate/, () =>
      world.posts().filter((m) => m.channel === globex.launch.id),
    );
    const forged = JSON.parse(
      JSON.stringify(theirs.message.blocks).replaceAll(await it.campaign(globex.team.id), campaign),
    );
    theirs.message.blocks = forged;
    await globex.ada.presses(theirs.message, theirs.id);
    expect((await it.app.engine.campaign(`campaign:${campaign}`)).takes).toEqual([]);
  });
});

describe('an installation', () => {
  test('is kept sealed', async () => {
    const { it, acme } = await two();
    const bytes = readFileSync(join(it.folder, 'journal.db')).toString('latin1');
    const wal = readFileSync(join(it.folder, 'journal.db-wal')).toString('latin1');
    expect(`${bytes}${wal}`).toMatch(/installation\/T/);
    expect(`${bytes}${wal}`).not.toContain(acme.team.token);
  });

  test('works once: a link that was used, or is not of this browser, installs nothing', async () => {
    const world = await standIn();
    const it = await manyWorkspaces(world);
    const ada = world.workspace('Acme', { installed: false }).person('ada');
    await install(it, ada);
    const used = () => world.log.filter(({ name }) => name === 'oauth.v2.access').length;
    const stolen = await visit(it);
    expect((await stolen({})).status).toBe(400);
    expect(used()).toBe(1);
    const back = await visit(it);
    const answers = await Promise.all([back(), back()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await back()).status).toBe(400);
    expect(used()).toBe(2);
  });

  test('with a wrong secret of the app says who has to mend it, on the page and in the log', async () => {
    const world = await standIn();
    const { log, lines } = bookLog();
    const it = await manyWorkspaces(world, undefined, { clientSecret: 'wrong', log });
    const ada = world.workspace('Acme', { installed: false }).person('ada');
    expect(await ada.installs(`${it.url}/slack/install`)).toMatchObject({
      status: 400,
      text: expect.stringMatching(/Whoever runs this Dailies.*SLACK_CLIENT_SECRET/),
    });
    expect(lines.join()).toMatch(/bad_client_secret/);
  });

  test('that nobody goes on with leaves no more than a bounded number of rows', async () => {
    const rows = new Map<string, unknown>();
    const keep = {
      get: async (key: string) => rows.get(key) ?? null,
      put: async (key: string, value: unknown) => void rows.set(key, value),
      list: async () => [],
      async take(key: string) {
        const found = rows.get(key) ?? null;
        rows.delete(key);
        return found;
      },
    };
    let now = 0;
    const states = statesIn({ keep, clock: () => now });
    const ask = () => states.generateStateParam({ scopes: ['commands'] }, new Date());
    const verify = (state: string) => states.verifyStateParam(new Date(), state);
    for (let n = 0; n < 20_000; n++) await ask();
    expect(rows.size).toBeLessThanOrEqual(4_096);
    const state = await ask();
    await expect(verify(`${state}x`)).rejects.toThrow(/used or is too old/);
    await expect(verify('nonsense')).rejects.toThrow(/used or is too old/);
    expect(await verify(state)).toEqual({ scopes: ['commands'] });
    await expect(verify(state)).rejects.toThrow(/used or is too old/);
    const late = await ask();
    now += 11 * 60_000;
    await expect(verify(late)).rejects.toThrow(/used or is too old/);
  });

  test('that is declined leaves nothing behind, and says so', async () => {
    const world = await standIn();
    const it = await manyWorkspaces(world);
    const ada = world.workspace('Acme', { installed: false }).person('ada');
    const page = await ada.installs(`${it.url}/slack/install`, false);
    expect(page).toMatchObject({ status: 400, text: expect.stringMatching(/nothing was installed/) });
  });

  test('is remembered over a restart', async () => {
    const { world, it, acme } = await two();
    await it.stop();
    const again = await manyWorkspaces(world, it.folder);
    await acme.ada.types(acme.launch, film);
    const campaign = await again.campaign(acme.team.id);
    await again.until(campaign, (c) => c.place !== null);
  });
});

describe('an uninstalled workspace', () => {
  test.each(['as it happens', 'in the other order'])(
    'has its work cancelled and its token deleted (%s)',
    async (order) => {
      const { world, it, acme, globex } = await two();
      for (const { ada, launch } of [acme, globex]) await ada.types(launch, film);
      const campaign = await it.campaign(acme.team.id);
      if (order === 'in the other order') {
        world.deliveries.twist('app_uninstalled', 'hold');
        world.deliveries.twist('tokens_revoked', 'hold');
      }
      acme.team.uninstalls();
      world.deliveries.release('latest first');
      await it.until(campaign, (c) => c.phase === 'cancelled');
      await world.settled();
      expect(world.deliveries.all.every(({ acked }) => acked)).toBe(true);
      const other = await it.app.engine.campaign(`campaign:${await it.campaign(globex.team.id)}`);
      expect(other.phase).not.toBe('cancelled');
      const seen = world.log.length;
      await acme.ada.types(acme.launch, film).catch(() => {});
      expect(world.log.slice(seen).filter(({ workspace }) => workspace === acme.team.id)).toEqual([]);
    },
  );

  test('that installs again is served again; a late word of the old removal changes nothing', async () => {
    const { world, it, acme } = await two();
    world.deliveries.twist('tokens_revoked', 'hold');
    acme.team.uninstalls();
    await eventually(
      async () => (await it.app.engine.board({ workspace: acme.team.id, limit: 1 })).length === 0,
    );
    // The clock of Slack's events has whole seconds.
    await new Promise((later) => setTimeout(later, 1_100));
    await install(it, acme.ada);
    acme.team.invitesBot(acme.launch);
    await acme.ada.types(acme.launch, film);
    const campaign = await it.campaign(acme.team.id);
    world.deliveries.release();
    await world.settled();
    const { phase } = await it.until(campaign, (c) => c.place !== null);
    expect(phase).toBe('briefing');
  });
});

describe('a workspace by token', () => {
  /** The app removed while a campaign was open. */
  async function removed() {
    const it = await acme();
    await it.ada.types(it.launch, film);
    const campaign = await it.campaign(it.team.id);
    it.team.uninstalls();
    await it.until(campaign, (c) => c.phase === 'cancelled');
    await it.world.settled();
    await it.stop();
    return it;
  }

  const begins = async (it: App, { ada, launch, team }: Awaited<ReturnType<typeof acme>>) => {
    const before = await it.campaigns(team.id);
    await ada.types(launch, film);
    const campaign = await eventually(async () =>
      (await it.campaigns(team.id)).find((one) => !before.includes(one)),
    );
    expect(ada.ephemerals(launch)).toEqual([]);
    await it.until(campaign, (c) => c.place !== null);
  };

  test('that installs again is served again with its new token', async () => {
    const it = await removed();
    it.team.installs();
    it.team.invitesBot(it.launch);
    const again = await appIn(it.world, { folder: it.folder, token: it.team.token });
    expect((await again.app.chats.slack.status()).connected).toBe(true);
    await begins(again, it);
  });

  test('stays suspended with the token it was removed under, and npm start says so and how to end that', async () => {
    const { world, folder, team, ada, launch } = await removed();
    team.installs();
    team.invitesBot(launch);
    const install = team.books.install;
    const old = world.log.find(({ token }) => token !== null)?.token ?? '';
    if (install) install.token = old;
    const again = await appIn(world, { folder, token: old });
    expect(await again.app.chats.slack.status()).toEqual({
      connected: false,
      lines: [expect.stringMatching(/removed from Acme.*suspended.*Install.*SLACK_BOT_TOKEN/)],
    });
    await ada.types(launch, film);
    await eventually(() => ada.ephemerals(launch).some(({ text }) => /removed/.test(text)));
  });

  test('is not suspended by a late word of the removal before', async () => {
    const it = await acme();
    for (const name of ['app_uninstalled', 'tokens_revoked']) it.world.deliveries.twist(name, 'hold');
    it.team.uninstalls();
    await it.stop();
    // The clock of Slack's events has whole seconds.
    await new Promise((later) => setTimeout(later, 1_100));
    it.team.installs();
    it.team.invitesBot(it.launch);
    const again = await appIn(it.world, { folder: it.folder, token: it.team.token });
    await again.app.chats.slack.status();
    it.world.deliveries.release();
    await it.world.settled();
    const late = it.world.deliveries.all.filter(({ name }) => /uninstalled|revoked/.test(name));
    expect(late.map(({ acked }) => acked)).toEqual([true, true]);
    await begins(again, it);
  });
});
