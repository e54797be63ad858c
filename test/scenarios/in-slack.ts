import { button } from '../chat/slack/people.ts';
import { appIn, eventually, standIn } from '../chat/slack/stage.ts';
import { type Platform, reasons } from './scene.ts';

const signs = { approve: 'white_check_mark', 'request-changes': 'repeat', reject: 'x' } as const;

export const inSlack: Platform = async (setting) => {
  const world = await standIn();
  const team = world.workspace('Acme');
  const manager = { isAdmin: true };
  const ada = team.person('ada', manager);
  const people = { ada, lee: team.person('lee', manager), max: team.person('max', manager) };
  const launch = team.channel('launch', Object.values(people));
  const it = await appIn(world, { ...setting, token: team.token });
  const campaign = () => it.campaign(team.id);
  const quiet = async () => {
    await it.idle(await campaign());
    await world.settled();
  };
  const thread = async () => {
    const { place } = await it.until(await campaign(), (c) => c.place !== null);
    return place?.split('/').at(-1) ?? '';
  };
  const press = async (label: RegExp, by: typeof ada = ada, nth = 1) => {
    const found = await button(world, label, world.posts, nth);
    await by.presses(found.message, found.id);
  };
  return {
    async asks(words, logo) {
      if (logo) {
        await ada.types(launch, '/video');
        const form = await eventually(() => ada.views()[0]);
        await ada.submits(form, { prompt: words, logo: [ada.bring(logo)] });
      } else await ada.types(launch, `/video ${words}`);
      await it.until(await campaign(), (c) => c.revisions.length > 0 && c.place !== null);
      await quiet();
    },
    async says(words, picture) {
      await ada.says(launch, words, { thread: await thread(), files: picture ? [picture] : [] });
    },
    generates: () => press(/^Generate/),
    wantsStills: () => press(/^Stills/),
    picksStill: (n) => press(/^Choose/, ada, n),
    cancels: () => press(/^Cancel/),
    async decides(verdict, by) {
      if (verdict === 'approve') return press(/^Approve/, people[by]);
      await press(verdict === 'reject' ? /^Reject/ : /^Request changes/, people[by]);
      const form = await eventually(() => people[by].views()[0]);
      await people[by].submits(form, { words: reasons[verdict] });
    },
    async signs(verdict, by) {
      const { message } = await button(world, /^Approve/);
      await people[by].reacts(message, signs[verdict]);
    },
    allows: (by) => press(/^Approve spending/, people[by]),
    until: async (holds) => void (await it.until(await campaign(), holds)),
    async becomes(holds) {
      await it.until(await campaign(), holds);
      await quiet();
      return it.until(await campaign(), () => true);
    },
    shown: () =>
      world
        .posts()
        .map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`)
        .join('\n'),
    paid: async () => (await it.paid()).length,
    journal: it.app.journal,
    workspace: team.id,
  };
};
