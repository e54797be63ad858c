import { expect, test } from 'vitest';
import type { Keep } from '../../../src/chat/chat.ts';
import { memory } from './platform-rig.ts';
import { appIn, button, eventually, opened, wordsOf } from './stage.ts';

/** Where the gateway's session stands is not written down while it is killed. */
function mortal() {
  const keep = memory();
  const life = { isEnding: false };
  const put: Keep['put'] = async (key, value) => {
    if (!life.isEnding || !key.startsWith('session/')) await keep.put(key, value);
  };
  return { life, keep: { ...keep, put } };
}

test('what is heard twice, because a process was killed in between, is answered once', async () => {
  const { life, keep } = mortal();
  const first = await opened({ discord: { keep } });
  const { world, anna, thread, campaign } = first;
  const [edit, cancel] = [await button(world, thread, /^Edit/), await button(world, thread, /^Cancel/)];
  const form = await anna.presses(edit.message, edit.label).answered;
  await anna.presses(cancel.message, cancel.label).answered;
  await first.until(campaign, (c) => c.phase === 'cancelled');
  await first.idle(campaign);
  life.isEnding = true;
  const answers = () => world.visible(thread).filter((m) => /is cancelled\. Start/.test(wordsOf(m)));
  anna.replies(cancel.message, 'make it red please');
  anna.says(thread, 'what nobody may read');
  const sent = await anna.submits(form, { words: 'make it red please' }).answered;
  const nudges = () => world.visible(thread).filter((m) => /does not let me read/.test(wordsOf(m)));
  await eventually(() => answers().length === 1 && nudges().length === 1);
  await first.stop();
  life.isEnding = false;
  const looks = world.requests('list-messages').length;
  const alone = () => anna.sees(thread).filter(({ onlyFor }) => onlyFor === anna.id);
  expect(alone()).toEqual([sent.original]);
  const second = await appIn(world, { folder: first.folder, discord: { keep } });
  await eventually(() => world.requests('list-messages').length > looks);
  await eventually(() => world.requests('edit-original').length > 0);
  await second.stop();
  expect([answers().length, nudges().length]).toEqual([1, 1]);
  expect(alone()).toEqual([sent.original]);
});
