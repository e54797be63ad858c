import { MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { hearing, soon, standIn } from './stand-in-rig.ts';

const video = {
  name: 'video',
  description: 'Makes a film',
  options: [
    { type: 3, name: 'prompt', description: 'What happens', required: true, max_length: 100 },
    { type: 3, name: 'model', description: 'Which model', autocomplete: true },
    { type: 11, name: 'logo', description: 'Your logo', file_types: ['image'] },
  ],
};

test('a command is asked with a file, deferred, answered and followed up', async () => {
  const rig = await standIn();
  const { discord, lobby, anna, api } = rig;
  await api.applicationCommands.bulkOverwriteGlobalCommands(discord.application, [video]);
  const { seen } = await hearing(rig, async ({ data, api }) => {
    await api.interactions.defer(data.id, data.token, { flags: MessageFlags.Ephemeral });
    await api.interactions.editReply(data.application_id, data.token, { content: 'soon' });
    await api.interactions.followUp(data.application_id, data.token, { content: 'for all' });
  });
  const logo = { name: 'logo.png', bytes: Buffer.from('png') };
  const asked = await anna.uses('/video', { prompt: 'rain', logo }, lobby).answered;
  await soon(() => asked.followUps.length).toBe(1);
  expect(anna.sees(lobby).map((each) => each.content)).toEqual(['soon', 'for all']);
  expect(discord.read(lobby)).toMatchObject([{ text: 'for all', author: 'dailies' }]);
  const [heard] = seen('INTERACTION_CREATE');
  expect(heard).toMatchObject({
    data: {
      name: 'video',
      options: [
        { name: 'prompt', value: 'rain' },
        { name: 'logo', type: 11 },
      ],
    },
    member: { user: { username: 'anna' }, roles: [] },
    attachment_size_limit: 10 * 1024 * 1024,
    context: 0,
  });
  const [file] = Object.values(heard?.['data']?.['resolved']?.['attachments'] ?? {});
  expect(file).toMatchObject({ filename: 'logo.png', content_type: 'image/png' });
});
