import { DiscordAPIError, SlashCommandBuilder } from 'discord.js';
import { expect, test } from 'vitest';
import { standIn } from './stand-in-rig.ts';

const option = (more: object = {}) => ({ type: 3, name: 'a', description: 'b', ...more });
const command = (more: object = {}) => ({ name: 'video', description: 'Makes a film', ...more });

test('what is put is listed, with its languages only where asked for; unchanged names keep their id', async () => {
  const { api, discord } = await standIn();
  const built = new SlashCommandBuilder()
    .setName('video')
    .setDescription('Makes a film')
    .setDescriptionLocalizations({ de: 'Macht einen Film' })
    .setDefaultMemberPermissions(32)
    .setIntegrationTypes([0])
    .setContexts([0])
    .addAttachmentOption((each) => each.setName('logo').setDescription('Your logo').setFileTypes('image'))
    .toJSON();
  const put = () => api.applicationCommands.bulkOverwriteGlobalCommands(discord.application, [built]);
  const [first] = await put();
  const [again] = await put();
  expect(again?.id).toBe(first?.id);
  const [plain] = await api.applicationCommands.getGlobalCommands(discord.application);
  expect(plain).not.toHaveProperty('description_localizations');
  const [whole] = await api.applicationCommands.getGlobalCommands(discord.application, {
    with_localizations: true,
  });
  expect(whole).toMatchObject({
    description_localizations: { de: 'Macht einen Film' },
    default_member_permissions: '32',
    integration_types: [0],
    contexts: [0],
    options: [{ name: 'logo', file_types: ['image'] }],
  });
});

test.each<[string, object[]]>([
  ['a name in capitals', [command({ name: 'Video' })]],
  ['a name with a space', [command({ name: 'a b' })]],
  ['no description', [command({ description: '' })]],
  ['the same name twice', [command(), command()]],
  ['26 options', [command({ options: Array.from({ length: 26 }, (_, i) => option({ name: `o${i}` })) })]],
  ['a required option last', [command({ options: [option(), option({ name: 'b', required: true })] })]],
  [
    'choices beside autocomplete',
    [command({ options: [option({ autocomplete: true, choices: [{ name: 'x', value: 'x' }] })] })],
  ],
  ['a kind of file nobody knows', [command({ options: [option({ type: 11, file_types: ['picture'] })] })]],
  ['a field nobody knows', [command({ colour: 'red' })]],
  ['a message command with a description', [{ name: 'Use it', type: 3, description: 'x' }]],
])('refuses %s', async (_, body) => {
  const { api, discord } = await standIn();
  const put = api.applicationCommands.bulkOverwriteGlobalCommands(discord.application, body as never);
  await expect(put).rejects.toMatchObject({ code: 50035 });
});

test('a server takes two hundred new commands a day', async () => {
  const { api, discord, town } = await standIn();
  const put = (prefix: string) =>
    api.applicationCommands.bulkOverwriteGuildCommands(
      discord.application,
      town.id,
      Array.from({ length: 100 }, (_, i) => command({ name: `${prefix}${i}` })) as never,
    );
  await put('a');
  await put('b');
  const error = await put('c').catch((each: unknown) => each);
  expect(error instanceof DiscordAPIError && error.code).toBe(30034);
});
