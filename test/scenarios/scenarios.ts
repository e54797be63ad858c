import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { auroraLogo } from '../journeys/stage.ts';
import type { End, Scene, Setting } from './scene.ts';

export interface Scenario {
  name: string;
  setting?: Setting;
  play(scene: Scene, link: string): Promise<void>;
  /** What differs from `usual`. */
  end: Partial<End>;
  /** What somebody is told on the way. */
  told?: RegExp;
}

const brief = 'A calm film for Aurora tea 3s';
const micros = 300_000;

/** One clip, bought once, and approved. */
export const usual: End = {
  phase: 'approved',
  verdict: 'approve',
  decisions: 1,
  takes: ['finished sample-cinema'],
  references: [],
  musts: [],
  notes: [],
  revisions: 1,
  still: null,
  votes: ['approve counted'],
  paid: 1,
  spent: micros,
  held: 0,
};

/** What is left where no clip came about. */
const nothing: Partial<End> = { verdict: null, decisions: 0, votes: [], paid: 0, spent: 0 };

const logo = async () => ({ name: 'aurora.svg', bytes: await readFile(auroraLogo) });
const photo = () =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: '#208040' } })
    .jpeg()
    .toBuffer();

const reviewed = (n: number) => (c: { review: { cut: string } | null }) => c.review?.cut === `${n}a`;
const decided = (c: { phase: string }) => c.phase === 'approved' || c.phase === 'rejected';

async function filmed(scene: Scene, words = brief): Promise<void> {
  await scene.asks(words);
  await scene.generates();
  await scene.becomes(reviewed(1));
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'happy path',
    async play(scene) {
      await scene.asks(brief, await logo());
      await scene.generates();
      await scene.becomes(reviewed(1));
      await scene.decides('approve', 'lee');
      await scene.becomes(decided);
    },
    end: { references: ['logo ready'] },
  },
  {
    name: 'refined twice',
    async play(scene) {
      await scene.asks(brief);
      await scene.says('darker');
      await scene.becomes((c) => c.revisions.length === 2);
      await scene.says('it must show a red cup');
      await scene.becomes((c) => c.revisions.length === 3);
      await scene.generates();
      await scene.becomes(reviewed(1));
      await scene.decides('approve', 'lee');
      await scene.becomes(decided);
    },
    end: { revisions: 3, notes: ['darker'], musts: ['a red cup'] },
  },
  {
    name: 'references by file and by link',
    async play(scene, link) {
      await scene.asks(brief, await logo());
      await scene.says('', { name: 'mood.jpg', bytes: await photo() });
      await scene.becomes((c) => c.references.filter((r) => r.state === 'ready').length === 2);
      await scene.says(link);
      await scene.becomes((c) => c.references.filter((r) => r.state === 'ready').length === 3);
      await scene.generates();
      await scene.becomes(reviewed(1));
      await scene.decides('approve', 'lee');
      await scene.becomes(decided);
    },
    end: { references: ['logo ready', 'style ready', 'style ready'], revisions: 3 },
  },
  {
    name: 'still picked',
    async play(scene) {
      await scene.asks(brief);
      await scene.wantsStills();
      await scene.becomes((c) => c.boards[0]?.stills.every((s) => s.state === 'ready') === true);
      await scene.picksStill(2);
      await scene.becomes((c) => c.boards[0]?.picked === 2);
      await scene.generates();
      await scene.becomes(reviewed(1));
      await scene.decides('approve', 'lee');
      await scene.becomes(decided);
    },
    end: { still: 2, paid: 3, spent: micros + 20_000 },
  },
  {
    name: 'changes, then approved',
    async play(scene) {
      await filmed(scene);
      await scene.decides('request-changes', 'lee');
      await scene.becomes(reviewed(2));
      await scene.decides('approve', 'lee');
      await scene.becomes(decided);
    },
    end: {
      takes: ['finished sample-cinema', 'finished sample-cinema'],
      notes: ['slower, please'],
      ...{ revisions: 2, decisions: 2, paid: 2, spent: 2 * micros },
    },
  },
  {
    name: 'rejected',
    async play(scene) {
      await filmed(scene);
      await scene.decides('reject', 'lee');
      await scene.becomes(decided);
    },
    end: { phase: 'rejected', verdict: 'reject', votes: ['reject counted'] },
  },
  {
    name: 'two approvers at once',
    async play(scene) {
      await filmed(scene);
      await Promise.all([scene.decides('approve', 'lee'), scene.decides('approve', 'max')]);
      await scene.becomes((c) => decided(c) && c.review?.votes.every((v) => v.state !== 'checking') === true);
    },
    end: {},
  },
  {
    name: 'two approvals needed',
    setting: { policy: { quorum: 2 } },
    async play(scene) {
      await filmed(scene);
      await scene.decides('approve', 'lee');
      await scene.becomes((c) => c.review?.votes[0]?.state === 'counted');
      await scene.signs('approve', 'max');
      await scene.becomes(decided);
    },
    end: { votes: ['approve counted', 'approve counted'] },
  },
  {
    name: 'own clip',
    setting: { policy: { selfApproval: false } },
    async play(scene) {
      await filmed(scene);
      await scene.signs('approve', 'ada');
      await scene.becomes((c) => c.review?.votes[0]?.state === 'refused');
      await scene.decides('approve', 'lee');
      await scene.becomes(decided);
    },
    end: { votes: ['approve counted', 'approve refused'] },
  },
  {
    name: 'cancelled while running',
    async play(scene) {
      await scene.asks(`${brief} sample:slow`);
      await scene.generates();
      await scene.until((c) => c.takes[0]?.state === 'created');
      await scene.cancels();
      await scene.becomes((c) => c.takes[0]?.endedAt != null);
    },
    end: { ...nothing, phase: 'cancelled', takes: ['canceled sample-cinema'] },
  },
  {
    name: 'fails and falls back',
    async play(scene) {
      await filmed(scene, `${brief} sample:outage`);
      await scene.decides('approve', 'lee');
      await scene.becomes(decided);
    },
    end: { takes: ['finished sample-draft'], spent: 60_000 },
    told: /Sample Cinema could not make it/,
  },
  {
    name: 'moderated',
    async play(scene) {
      await scene.asks(`${brief} sample:moderation-input`);
      await scene.generates();
      await scene.becomes((c) => c.takes[0]?.endedAt != null);
    },
    end: { ...nothing, phase: 'briefing', takes: ['failed sample-cinema: moderation-input'] },
    told: /safety rules declined/,
  },
  {
    name: 'over budget',
    setting: {
      policy: {
        caps: { take: 20_000_000, campaign: 200_000, personDay: 20_000_000, workspaceMonth: 20_000_000 },
      },
    },
    async play(scene) {
      await scene.asks(brief);
      await scene.generates();
      await scene.becomes(() => true);
    },
    end: { ...nothing, phase: 'briefing', takes: [] },
  },
  {
    name: 'allowed above the threshold',
    setting: { policy: { askAbove: 100_000, selfApproval: false } },
    async play(scene) {
      await scene.asks(brief);
      await scene.generates();
      await scene.becomes((c) => c.spendings[0]?.state === 'asked');
      await scene.allows('lee');
      await scene.becomes(reviewed(1));
      await scene.decides('approve', 'lee');
      await scene.becomes(decided);
    },
    end: {},
    told: /Lee allowed/i,
  },
  {
    name: 'answer lost, paid once',
    async play(scene) {
      await filmed(scene, `${brief} sample:drop`);
      await scene.signs('approve', 'lee');
      await scene.becomes(decided);
    },
    end: {},
  },
];
