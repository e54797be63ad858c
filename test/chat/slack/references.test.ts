import { test } from 'vitest';
import { png } from '../../support/logo.ts';
import { everyWith } from '../../support/slack/block-kit.ts';
import { acme, eventually } from './stage.ts';

test('a picture from the form gets another purpose by its menu, and is taken out by its button', async () => {
  const { world, team, ada, launch, ...it } = await acme();
  await ada.types(launch, '/video');
  const form = await eventually(() => ada.views()[0]);
  const picture = ada.bring({ name: 'mood.png', bytes: png });
  await ada.submits(form, { prompt: 'a calm film for Aurora tea, 3s', reference: [picture] });
  const campaign = await it.campaign(team.id);
  await it.until(campaign, (c) => c.references[0]?.state === 'ready' && c.references[0].purpose === 'style');

  const menu = await eventually(() => {
    for (const message of world.posts().toReversed()) {
      const [found] = everyWith(message.blocks, 'initial_option');
      if (found) return { message, id: String(found['action_id']) };
    }
    return null;
  });
  await ada.chooses(menu.message, menu.id, 'product');
  await it.until(campaign, (c) => c.references[0]?.purpose === 'product');

  const brief = await eventually(() => {
    const text = JSON.stringify(menu.message.blocks);
    return /\*Product\*/.test(text) && /Remove/.test(text) && menu.message;
  });
  await ada.presses(brief, 'Remove');
  await it.until(campaign, (c) => c.references[0]?.state === 'removed');
  await eventually(() => everyWith(menu.message.blocks, 'initial_option').length === 0);
});
