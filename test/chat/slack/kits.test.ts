import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { homeActions } from '../../../src/chat/slack/home.ts';
import { kitActions } from '../../../src/chat/slack/home-kits.ts';
import { frameOf, pixelsLike } from '../../media/clips.ts';
import { everyWith, faultsInView } from '../../support/slack/block-kit.ts';
import { button } from './people.ts';
import { acme, eventually } from './stage.ts';

const pink = '#ff2d95';
const logo = () =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: pink } })
    .png()
    .toBuffer();

type Acme = Awaited<ReturnType<typeof acme>>;
type Someone = Acme['lee'];

const shownTo = (one: Someone) => JSON.stringify(one.home()?.given ?? {});
/** Presses on the Home tab, and gives the form that opens. */
async function opens(one: Someone, action: string) {
  await one.presses((one.home() ?? {}) as never, action);
  return eventually(() => one.views()[0]);
}
const kitIn = async ({ app, team }: Acme, name: string) =>
  (await app.engine.workspace(team.id)).kits.find((kit) => kit.name === name);

/** A manager's Home tab, and a kit made there. */
async function withKit(it: Acme, filled: object = {}) {
  const { lee } = it;
  await lee.opensHome();
  await eventually(() => /Brand kits/.test(shownTo(lee)));
  const form = await opens(lee, kitActions.fresh);
  await lee.submits(form, { name: 'Pink', ...filled });
  return form;
}

describe('brand kits in Slack', () => {
  test('one is made on the Home tab, chosen in the form, and its logo is on the finished film', async () => {
    const it = await acme();
    const { world, lee, ada, launch, team } = it;
    const file = lee.bring({ name: 'pink.png', bytes: await logo() });
    const form = await withKit(it, {
      ...{ colours: `${pink}, #222`, voice: 'calm', never: 'people\nrain', logo: [file] },
    });
    expect(form.closed).toBe(true);
    await eventually(async () => (await kitIn(it, 'Pink'))?.logo);
    // Whoever brought it hears so, where nobody else reads.
    const told = await eventually(() => world.posts().find(({ text }) => /“Pink” has its logo/.test(text)));
    expect(told.channel).toMatch(/^D/);
    await lee.opensHome();
    await eventually(() => /pink\.png.*#ff2d95, #222222.*calm.*never people, rain/.test(shownTo(lee)));
    expect(faultsInView(lee.home()?.given)).toEqual([]);

    await ada.types(launch, '/video');
    const brief = await eventually(() => ada.views()[0]);
    await ada.submits(brief, { prompt: 'a film for a tea house', duration: '3', brand: 'Pink' });
    const campaign = await it.campaign(team.id);
    const { references } = await it.until(campaign, (c) => c.revisions.length > 0 && c.place !== null);
    expect(references).toMatchObject([{ name: 'pink.png', purpose: 'logo', state: 'ready' }]);
    await it.idle(campaign);
    const go = await button(world, /^Generate/);
    expect(JSON.stringify(go.message.blocks)).toContain('Brand kit: Pink');
    await ada.presses(go.message, go.id);
    const { takes } = await it.until(campaign, (c) => c.review !== null);
    await it.idle(campaign);
    expect(takes[0]?.kit).toMatchObject({ name: 'Pink', revision: 2 });
    const film = it.app.storage.path(takes[0]?.cut?.film.key ?? '') ?? '';
    expect(await pixelsLike(await frameOf(film, 0.5), pink)).toBeGreaterThan(50);
    expect(world.mistakes()).toEqual([]);
  });

  test('one is changed and removed there by managers, and others see no buttons', async () => {
    const it = await acme();
    const { ada, lee } = it;
    await withKit(it, { voice: 'calm' });
    const { id } = await eventually(() => kitIn(it, 'Pink'));
    await eventually(() => /Saved/.test(shownTo(lee)));
    const form = await opens(lee, kitActions.edit + id);
    await lee.submits(form, { colours: 'teal' });
    expect(form).toMatchObject({ closed: false, errors: { colours: expect.stringMatching(/not a colour/) } });
    await lee.submits(form, { name: 'Rose', colours: '#abc', usual: 'yes' });
    expect(await kitIn(it, 'Rose')).toMatchObject({ id, colours: ['#aabbcc'], voice: { words: 'calm' } });
    await ada.opensHome();
    await eventually(() => /Rose \(usual\)/.test(shownTo(ada)));
    expect(shownTo(ada)).not.toContain('home:kit');
    const again = await withName(it, 'rose');
    expect(again).toMatchObject({ closed: false, errors: { name: expect.stringMatching(/already/) } });
    await lee.presses((lee.home() ?? {}) as never, kitActions.drop + id);
    await eventually(() => /“Rose” is removed/.test(shownTo(lee)));
    expect((await it.app.engine.workspace(it.team.id)).kits).toEqual([]);
    expect(shownTo(lee)).toContain(homeActions.settings);
  });

  const withName = (it: Acme, name: string) => withKit(it, { name });

  test('the command makes one for managers alone, and lists them for everybody', async () => {
    const it = await acme();
    const { ada, lee, launch } = it;
    await ada.types(launch, '/video-brand Pink --voice calm');
    await eventually(() =>
      ada.ephemerals(launch).some((m) => /Only whoever manages/.test(JSON.stringify(m))),
    );
    await lee.types(launch, '/video-brand Pink --voice “calm and slow” --usual');
    await eventually(() => kitIn(it, 'Pink'));
    await ada.types(launch, '/video-brand');
    await eventually(() =>
      ada.ephemerals(launch).some((m) => /Pink \(usual\).*calm and slow/s.test(JSON.stringify(m))),
    );
    await ada.types(launch, '/video a film for a tea house, 3s');
    const campaign = await it.campaign(it.team.id);
    expect((await it.until(campaign, (c) => c.kit !== null)).kit?.name).toBe('Pink');
    await it.until(campaign, (c) => c.revisions.length > 0 && c.place !== null);
    await it.idle(campaign);
    const card = await button(it.world, /^Leave out/);
    await ada.presses(card.message, card.id);
    await it.until(campaign, (c) => c.kit === null && c.refining === null);
    await it.idle(campaign);
    const [menu] = everyWith(card.message.blocks, 'options');
    await ada.chooses(card.message, String(menu?.['action_id']), (await kitIn(it, 'Pink'))?.id);
    await it.until(campaign, (c) => c.kit?.name === 'Pink');
  });

  test('by command a logo is brought by its address, and its fate is told to whoever typed it alone', async () => {
    const it = await acme();
    const { world, lee, launch } = it;
    await lee.types(launch, '/video-brand Pink --logo https://127.0.0.1:9/pink.png');
    const told = await eventually(() => world.posts().find(({ text }) => /“Pink” was not taken/.test(text)));
    expect(told.channel).toMatch(/^D/);
    const said = JSON.stringify(told.blocks);
    expect(said).toMatch(/not on the public internet.*video-brand Pink --logo.*https address.*Home tab/);
    expect(said).not.toMatch(/Attach/);
    expect(lee.ephemerals(launch).length).toBeGreaterThan(0);
  });

  test('a logo that is no picture leaves the kit as it was, and whoever brought it hears why', async () => {
    const it = await acme();
    const { world, lee } = it;
    const file = lee.bring({ name: 'brand.pdf', bytes: Buffer.from('%PDF-1.7 not a picture') });
    await withKit(it, { logo: [file] });
    await eventually(() => world.posts().some(({ text }) => /“Pink” was not taken/.test(text)));
    expect(await kitIn(it, 'Pink')).toMatchObject({
      logo: null,
      revision: 1,
      refused: { name: 'brand.pdf' },
    });
    await lee.opensHome();
    await eventually(() => /brand\.pdf was not taken: it is a PDF/.test(shownTo(lee)));
  });
});
