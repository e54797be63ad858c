import { afterEach, describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.ts';
import type { FailureReason } from '../../src/campaign/take.ts';
import type { Job } from '../../src/jobs/job.ts';
import { memoryChat } from '../support/chat.ts';
import { both, type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());

const worded = (c: Campaign) => c.revisions.length > 0 && !c.refining;
const refusing = (reason: FailureReason): Job<'buy-take'> =>
  both<'buy-take'>(async ({ take, tag }) => ({ outcome: { type: 'take.refused', take, tag, reason } }));

/** A campaign whose every take is refused for this reason, and an admin place or none. */
async function refused(reason: FailureReason, adminPlace: string | null = 'memory:admin') {
  const chat = memoryChat();
  const it = await rig({ chat: chat.chat, policy: { adminPlace }, jobs: { 'buy-take': refusing(reason) } });
  open = it;
  const campaign = await it.open();
  await it.start();
  await it.until(campaign, worded);
  let takes = 0;
  const again = async () => {
    takes += 1;
    await it.tell(`go${takes}`, { type: 'generate' }, { campaign });
    await it.until(campaign, (c) => c.takes.filter((t) => t.state === 'failed').length === takes);
    await it.quiet(campaign);
    await it.quietAt('workspace:w');
  };
  await again();
  const told = () => chat.log.filter((sent) => sent.place === 'memory:admin');
  const logged = () =>
    it.errors.filter((e) => (e as { what?: string }).what === 'a provider does not serve us');
  return { it, campaign, again, told, logged, chat };
}

describe('a key that is refused', () => {
  test('the admins hear which one, once a day, however many takes it cost; the requester never does', async () => {
    const { it, again, told, logged, chat } = await refused('bad-key');
    await again();
    expect(told()).toMatchObject([
      {
        key: 'key:REPLICATE_API_TOKEN:2026-11-21',
        card: { title: 'REPLICATE_API_TOKEN is refused' },
        edit: false,
      },
    ]);
    expect(logged()).toMatchObject([{ variable: 'REPLICATE_API_TOKEN', reason: 'bad-key' }]);
    const others = chat.log.filter((sent) => sent.place !== 'memory:admin');
    expect(JSON.stringify(others)).not.toContain('REPLICATE_API_TOKEN');
    it.clock.forward(24 * 3_600_000);
    await again();
    expect(told()).toHaveLength(2);
    expect(logged()).toHaveLength(2);
  });

  test('where nobody set an admin place it is in the log, and told as soon as there is one', async () => {
    const { it, again, told, logged } = await refused('no-credit', null);
    expect(told()).toEqual([]);
    expect(logged()).toMatchObject([{ reason: 'no-credit' }]);
    const intent = { type: 'set-admin-place', place: 'memory:admin' } as const;
    await it.engine.tellWorkspace({ id: 'set', workspace: 'w', person: 'lee', intent });
    await again();
    expect(told()).toHaveLength(1);
  });

  test('any other failure is none of the admins’ business', async () => {
    const { told } = await refused('outage');
    expect(told()).toEqual([]);
  });

  test('an admin place that no platform has costs nobody anything', async () => {
    const { it, campaign, again } = await refused('bad-key', 'nowhere:admin');
    await again();
    expect((await it.engine.campaign(`campaign:${campaign}`)).takes).toHaveLength(2);
    expect(await it.journal.waiting('workspace:w')).toEqual([]);
  });
});
