import { expect, test } from 'vitest';
import type { Event } from '../../src/campaign/event.ts';
import { usualTimes } from '../../src/campaign/policy.ts';
import { react } from '../../src/campaign/react.ts';
import { story } from './specification.ts';

type Story = ReturnType<typeof story>;

const told = (it: Story, events: readonly Event[]) =>
  events.flatMap((e) => react(it.campaign, e, usualTimes)).filter((e) => e.type === 'tell-admins');

const take = (it: Story) => {
  it.told({ type: 'generate' });
  return { take: 1, tag: 'c.take1.0.1' };
};

test.each<[string, (it: Story) => Event[], string[]]>([
  [
    'the language model',
    (it) => {
      const wish = { kind: 'refine', note: 'darker' } as const;
      it.told({ type: 'say', words: 'darker', references: [] });
      const message = it.campaign.heard[0]?.message ?? '';
      it.told({ type: 'message.understood', message, reading: { meanings: [wish] } });
      return it.told({ type: 'prompt.unrefined', n: 2, reason: 'bad-key' });
    },
    ['language'],
  ],
  [
    'the moderator',
    (it) => {
      take(it);
      return it.told({ type: 'moderation.passed', of: 'take', n: 1, pictures: [], unchecked: 'no-credit' });
    },
    ['moderation'],
  ],
  [
    'a model, while another steps in',
    (it) => it.told({ type: 'take.refused', ...take(it), reason: 'bad-key' }),
    ['best'],
  ],
  [
    'a still',
    (it) => {
      it.told({ type: 'make-stills' });
      return it.told({ type: 'still.failed', board: 1, still: 1, reason: 'no-credit', cost: 0 });
    },
    ['still'],
  ],
  ['an outage: nobody', (it) => it.told({ type: 'take.refused', ...take(it), reason: 'outage' }), []],
])('key trouble of %s', (_, act, services) => {
  const it = story();
  it.open();
  it.refine();
  expect(told(it, act(it)).map((e) => e.service)).toEqual(services);
});
