import { DiscordAPIError, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import type { Interaction } from '../../support/discord/interactions.ts';
import { hearing, soon, standIn } from './stand-in-rig.ts';

type Rig = Awaited<ReturnType<typeof standIn>>;

const v2 = MessageFlags.IsComponentsV2;
const image = (name = 'logo.png') => ({ name, bytes: Buffer.from('png') });

const video = {
  name: 'video',
  description: 'Makes a film',
  options: [
    { type: 3, name: 'prompt', description: 'What happens', required: true, max_length: 20 },
    { type: 3, name: 'aspect', description: 'Its shape', choices: [{ name: 'Tall', value: '9:16' }] },
    { type: 3, name: 'model', description: 'Which model', autocomplete: true },
    { type: 11, name: 'logo', description: 'Your logo', file_types: ['image'] },
  ],
};

/** The stand-in with commands, and an app that answers each question as told next. */
async function answering() {
  const rig = await standIn();
  const { api, discord, town } = rig;
  await api.applicationCommands.bulkOverwriteGuildCommands(discord.application, town.id, [
    video,
    { name: 'Use in a video', type: 3 },
  ]);
  const { seen } = await hearing(rig, async () => {});
  const heard = () => seen('INTERACTION_CREATE');
  const back = (asked: Interaction, body: object, query = '') =>
    rig.rest.post(`/interactions/${asked.id}/${asked.token}/callback`, {
      body,
      auth: false,
      query: new URLSearchParams(query),
    });
  const hook = (asked: Interaction) => `/webhooks/${discord.application}/${asked.token}` as const;
  const ask = () => rig.anna.uses('/video', { prompt: 'rain' }, rig.lobby);
  return { ...rig, heard, back, hook, ask };
}

async function code(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => null,
    (error: unknown) => (error instanceof DiscordAPIError ? error.code : error),
  );
}

const message = (content: string, flags = 0) => ({ type: 4, data: { content, flags } });

test('three seconds, one answer, and an address that nobody knows', async () => {
  const { ask, back, clock } = await answering();
  const late = ask();
  clock.forward(3001);
  expect(await code(back(late, message('late')))).toBe(10062);
  const good = ask();
  expect(await code(back(good, message('first')))).toBeNull();
  expect(await code(back(good, message('second')))).toBe(40060);
  expect(await code(back({ ...good, id: '1' }, message('x')))).toBe(10062);
});

test('a token lives for fifteen minutes, and only after the first answer', async () => {
  const { ask, back, hook, rest, clock } = await answering();
  const asked = ask();
  expect(await code(rest.post(hook(asked), { body: { content: 'x' }, auth: false }))).toBe(10015);
  await back(asked, { type: 5 });
  clock.forward(14 * 60_000);
  const original = `${hook(asked)}/messages/@original` as const;
  expect(await code(rest.patch(original, { body: { content: 'done' }, auth: false }))).toBeNull();
  clock.forward(61_000);
  expect(await code(rest.patch(original, { body: { content: 'x' }, auth: false }))).toBe(50027);
  expect(await code(rest.post(hook(asked), { body: { content: 'x' }, auth: false }))).toBe(50027);
});

test('a deferred answer says nothing but who will see it, and the first follow-up takes its place', async () => {
  const { ask, back, hook, rest, anna, lobby, discord } = await answering();
  const asked = ask();
  expect(await code(back(asked, { type: 5, data: { content: 'x' } }))).toBe(50035);
  expect(await code(back(asked, { type: 5, data: { flags: v2 } }))).toBe(50035);
  await back(asked, { type: 5, data: { flags: 64 } });
  await rest.post(hook(asked), { body: { content: 'for you' }, auth: false });
  expect(anna.sees(lobby).map((each) => each.content)).toEqual(['for you']);
  expect(discord.visible(lobby)).toEqual([]);
});

test('with_response brings the message, from which a thread can be opened', async () => {
  const { ask, back, api, lobby } = await answering();
  const answer = await back(ask(), message('card'), 'with_response=true');
  const { id } = (answer as { resource: { message: { id: string } } }).resource.message;
  expect((await api.channels.createThread(lobby.id, { name: 'Rain' }, id)).id).toBe(id);
});

test("an ephemeral answer is nobody else's: no thread, not found by the bot", async () => {
  const { ask, back, api, lobby, discord } = await answering();
  const asked = ask();
  await back(asked, message('secret', 64));
  const id = asked.original?.id ?? '';
  expect(await code(api.channels.getMessage(lobby.id, id))).toBe(10008);
  expect(await code(api.channels.createThread(lobby.id, { name: 'x' }, id))).toBe(10008);
  const bert = discord.world.interactions.size;
  expect(bert).toBe(1);
});

async function card({ api, lobby, discord }: Rig) {
  const components = [
    {
      type: 17,
      components: [
        { type: 10, content: 'A take' },
        {
          type: 1,
          components: [
            { type: 2, style: 3, label: 'Approve', custom_id: 'approve:1' },
            { type: 2, style: 4, label: 'Reject', custom_id: 'reject:1', disabled: true },
          ],
        },
        { type: 1, components: [{ type: 6, custom_id: 'roles', min_values: 1, max_values: 2 }] },
      ],
    },
  ];
  await api.channels.createMessage(lobby.id, { flags: v2, components } as never);
  const shown = discord.visible(lobby).at(-1);
  if (!shown) throw new Error('no card');
  return shown;
}

test('a button carries its id, its message and the roles of who pressed it; the answer changes the card', async () => {
  const rig = await answering();
  const { town, back, heard, discord, lobby } = rig;
  const lead = town.role('Leads');
  const bert = town.person('bert', { roles: [lead], locale: 'de' });
  const shown = await card(rig);
  const pressed = bert.presses(shown, 'Approve');
  await soon(() => heard().at(-1)).toMatchObject({
    type: 3,
    data: { custom_id: 'approve:1', component_type: 2 },
    message: { id: shown.id },
    member: { roles: [lead.id], permissions: expect.stringMatching(/^\d+$/) },
    locale: 'de',
  });
  await back(pressed, { type: 7, data: { components: [{ type: 10, content: 'Approved' }] } });
  expect(discord.read(lobby)).toMatchObject([{ text: 'Approved', buttons: [], edited: true }]);
  expect(() => bert.presses(shown, 'Approve')).toThrow(/no button/);
});

test('what the app would not let a person do is not sent', async () => {
  const rig = await answering();
  const { anna, lobby, town, back } = rig;
  const shown = await card(rig);
  expect(() => anna.presses(shown, 'Reject')).toThrow(/switched off/);
  expect(() => anna.uses('/video', {}, lobby)).toThrow(/needs prompt/);
  expect(() => anna.uses('/video', { prompt: 'x'.repeat(21) }, lobby)).toThrow(/21/);
  expect(() => anna.uses('/video', { prompt: 'x', aspect: '4:5' }, lobby)).toThrow(/no choice/);
  expect(() => anna.uses('/video', { prompt: 'x', logo: image('a.exe') }, lobby)).toThrow(/none of image/);
  expect(() => anna.uses('/audio', {}, lobby)).toThrow(/no command/);
  const asked = anna.uses('/video', { prompt: 'x' }, lobby);
  await back(asked, message('secret', 64));
  const bert = town.person('bert');
  expect(() => asked.original && bert.presses(asked.original, 'x')).toThrow(/does not see/);
});

test('roles are picked', async () => {
  const rig = await answering();
  const { anna, town, heard } = rig;
  const [lead, legal, other] = [town.role('Leads'), town.role('Legal'), town.role('Other')];
  const shown = await card(rig);
  anna.picks(shown, [lead, legal]);
  await soon(() => heard().at(-1)?.['data']).toMatchObject({
    component_type: 6,
    values: [lead.id, legal.id],
    resolved: { roles: { [lead.id]: { name: 'Leads' } } },
  });
  expect(() => anna.picks(shown, [lead, legal, other])).toThrow(/takes 1 to 2/);
});

const form = {
  custom_id: 'changes:1',
  title: 'What should change?',
  components: [
    {
      type: 18,
      label: 'In your words',
      component: { type: 4, style: 2, custom_id: 'words', required: true, max_length: 30 },
    },
    {
      type: 18,
      label: 'References',
      component: {
        type: 19,
        custom_id: 'files',
        required: false,
        min_values: 0,
        max_values: 2,
        file_types: ['image'],
      },
    },
  ],
};

test('a form is filled with words and files', async () => {
  const rig = await answering();
  const { anna, back, heard, clock } = rig;
  const pressed = anna.presses(await card(rig), 'Approve');
  await back(pressed, { type: 9, data: form });
  expect(() => anna.submits(pressed, { References: [image()] })).toThrow(/required/);
  expect(() => anna.submits(pressed, { words: 'x', files: [image(), image(), image()] })).toThrow(/0 to 2/);
  clock.forward(10 * 60_000);
  const sent = anna.submits(pressed, { 'In your words': 'more rain', References: [image(), image('b.jpg')] });
  await soon(() => heard().at(-1)).toMatchObject({
    type: 5,
    data: {
      custom_id: 'changes:1',
      components: [
        { type: 18, component: { type: 4, custom_id: 'words', value: 'more rain' } },
        {
          type: 18,
          component: { type: 19, custom_id: 'files', values: [expect.any(String), expect.any(String)] },
        },
      ],
    },
    message: { id: pressed.source?.id },
  });
  expect(await code(back(sent, { type: 9, data: form }))).toBe(50035);
  expect(await code(back(sent, { type: 6 }))).toBeNull();
});

test('a form takes no sixth part, and no field nobody knows', async () => {
  const rig = await answering();
  const { ask, back } = rig;
  const asked = ask();
  const label = (id: number) => ({
    type: 18,
    label: 'x',
    component: { type: 4, style: 1, custom_id: `${id}` },
  });
  const six = [1, 2, 3, 4, 5, 6].map(label);
  expect(await code(back(asked, { type: 9, data: { ...form, components: six } }))).toBe(50035);
  expect(await code(back(asked, { type: 9, data: { ...form, colour: 1 } }))).toBe(50035);
  expect(await code(back(asked, { type: 9, data: form }))).toBeNull();
});

test('choices are offered while an option is typed, and cannot be deferred', async () => {
  const { anna, lobby, back, heard } = await answering();
  const typed = anna.autocompletes('/video', { prompt: 'x', model: 'so' }, 'model', lobby);
  await soon(() => heard().at(-1)).toMatchObject({
    type: 4,
    data: { options: [{ name: 'prompt' }, { name: 'model', value: 'so', focused: true }] },
  });
  expect(await code(back(typed, { type: 5 }))).toBe(50035);
  const many = Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` }));
  expect(await code(back(typed, { type: 8, data: { choices: many } }))).toBe(50035);
  await back(typed, { type: 8, data: { choices: many.slice(0, 1) } });
  expect((await typed.answered).choices).toEqual([{ name: '0', value: '0' }]);
});

test('a message command shows the message, whoever wrote it', async () => {
  const { anna, lobby, town, heard } = await answering();
  const said = town.person('bert').says(lobby, 'a picture', [image()]);
  anna.usesOn('Use in a video', said);
  await soon(() => heard().at(-1)?.['data']).toMatchObject({
    type: 3,
    target_id: said.id,
    resolved: {
      messages: { [said.id]: { content: 'a picture', attachments: [{ filename: 'logo.png' }] } },
    },
  });
});

test("a file for an answer may be as large as the person's own", async () => {
  const { town, lobby, heard } = await answering();
  const rich = town.person('rich', { uploadLimit: 500 * 1024 * 1024 });
  rich.uses('/video', { prompt: 'x' }, lobby);
  await soon(() => heard().at(-1)?.['attachment_size_limit']).toBe(500 * 1024 * 1024);
});

test('a reaction tells who, with what roles, on whose message; taking it back does not', async () => {
  const rig = await standIn();
  const { seen } = await hearing(rig, async () => {});
  const lead = rig.town.role('Leads');
  const bert = rig.town.person('bert', { roles: [lead] });
  const shown = await card(rig);
  bert.reacts(shown, '✅');
  bert.unreacts(shown, '✅');
  await soon(() => seen('MESSAGE_REACTION_REMOVE').length).toBe(1);
  expect(seen('MESSAGE_REACTION_ADD')[0]).toMatchObject({
    user_id: bert.id,
    message_author_id: rig.discord.application,
    member: { roles: [lead.id] },
    emoji: { id: null, name: '✅' },
  });
  expect(seen('MESSAGE_REACTION_REMOVE')[0]).not.toHaveProperty('member');
});
