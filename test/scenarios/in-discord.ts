import { appIn, button, standIn, threadIn } from '../chat/discord/stage.ts';
import { type Platform, reasons } from './scene.ts';

const signs = { approve: '✅', 'request-changes': '🔁', reject: '❌' } as const;

export const inDiscord: Platform = async (setting) => {
  const world = await standIn();
  const town = world.town({ name: 'Northwind' });
  const lobby = town.channel('campaign');
  const roles = [town.role('Keepers', ['MANAGE_GUILD'])];
  const ada = town.person('ada', { roles });
  const people = { ada, lee: town.person('lee', { roles }), max: town.person('max', { roles }) };
  const it = await appIn(world, setting);
  const campaign = () => it.campaign(town.id);
  const press = async (label: RegExp, by: typeof ada = ada) => {
    const found = await button(world, await threadIn(world, lobby), label);
    const pressed = by.presses(found.message, found.label);
    await pressed.answered;
    return pressed;
  };
  return {
    async asks(words, logo) {
      await ada.uses('/video', { prompt: words, ...(logo ? { logo } : {}) }, lobby).answered;
      await it.until(await campaign(), (c) => c.revisions.length > 0 && c.place !== null);
      await it.idle(await campaign());
    },
    async says(words, picture) {
      const thread = await threadIn(world, lobby);
      ada.says(thread, `<@${world.application}> ${words}`, picture ? [picture] : []);
    },
    generates: async () => void (await press(/^Generate/)),
    wantsStills: async () => void (await press(/^Stills/)),
    picksStill: async (n) => void (await press(new RegExp(`^Still ${n}`))),
    cancels: async () => void (await press(/^Cancel/)),
    async decides(verdict, by) {
      const label = { approve: /^Approve/, 'request-changes': /^Request changes/, reject: /^Reject/ }[
        verdict
      ];
      const pressed = await press(label, people[by]);
      if (verdict !== 'approve') await people[by].submits(pressed, { words: reasons[verdict] }).answered;
    },
    async signs(verdict, by) {
      const { message } = await button(world, await threadIn(world, lobby), /^Approve/);
      people[by].reacts(message, signs[verdict]);
    },
    allows: async (by) => void (await press(/^Approve spending/, people[by])),
    until: async (holds) => void (await it.until(await campaign(), holds)),
    async becomes(holds) {
      await it.until(await campaign(), holds);
      await it.idle(await campaign());
      return it.now(await campaign());
    },
    shown() {
      const thread = world.visible(lobby).find((message) => message.thread)?.thread;
      const places = [lobby, ...(thread ? [thread] : [])];
      return places.flatMap((place) => world.read(place).map(({ text }) => text)).join('\n');
    },
    paid: async () => (await it.paid()).length,
    journal: it.app.journal,
    workspace: town.id,
  };
};
