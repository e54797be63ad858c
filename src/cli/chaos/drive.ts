import { fileURLToPath } from 'node:url';
import { type Campaign, lastRevision } from '../../campaign/campaign.ts';
import type { Intent } from '../../campaign/intent.ts';
import type { App } from '../../wiring/app.ts';

const logo = fileURLToPath(new URL('../aurora.svg', import.meta.url));

/** One thing a person does, once the campaign is ready for it. Its name is its incoming id: told again, it is the same. */
interface Move {
  name: string;
  ready: (campaign: Campaign) => boolean;
  intent: Intent;
  person?: string;
}

const worded = (n: number) => (c: Campaign) => (lastRevision(c)?.n ?? 0) >= n && !c.refining;
const finished = (n: number) => (c: Campaign) => c.takes.some((t) => t.n === n && t.state === 'finished');

/** What is played, and when it is over. */
interface Scenario {
  moves: readonly Move[];
  over: (campaign: Campaign) => boolean;
}

const approval: readonly Move[] = [
  { name: 'say', ready: worded(1), intent: { type: 'say', words: 'make it warmer', references: [] } },
  { name: 'stills', ready: worded(2), intent: { type: 'make-stills' } },
  {
    name: 'pick',
    ready: (c) => c.boards[0]?.stills.every((s) => s.state === 'ready') ?? false,
    intent: { type: 'pick-still', still: 2 },
  },
  { name: 'go', ready: (c) => c.boards[0]?.picked === 2, intent: { type: 'generate' } },
  {
    name: 'changes',
    ready: finished(1),
    person: 'lee',
    intent: { type: 'vote', verdict: 'request-changes', cut: '1a', words: 'darker and slower' },
  },
  {
    name: 'approve',
    ready: finished(2),
    person: 'lee',
    intent: { type: 'vote', verdict: 'approve', cut: '2a', words: '' },
  },
];

const cancellation: readonly Move[] = [
  { name: 'go', ready: worded(1), intent: { type: 'generate' } },
  {
    name: 'cancel',
    ready: (c) => c.takes.some((take) => take.prediction !== null),
    intent: { type: 'cancel' },
  },
];

const storyboard: readonly Move[] = [
  { name: 'stills', ready: worded(1), intent: { type: 'make-stills' } },
  {
    name: 'cancel',
    ready: (c) => c.boards[0]?.stills.every((s) => s.state === 'ready' || s.state === 'failed') ?? false,
    intent: { type: 'cancel' },
  },
];

/** With a provider that lists nothing: the take of a lost answer is given up, and the next is made. */
const unlisted: readonly Move[] = [
  { name: 'go-1', ready: worded(1), intent: { type: 'generate' } },
  {
    name: 'give-up',
    ready: (c) => ['unconfirmed', 'failed'].includes(c.takes[0]?.state ?? ''),
    intent: { type: 'resolve-take', take: 1, answer: 'give-up' },
  },
  { name: 'go-2', ready: (c) => c.takes[0]?.state === 'failed', intent: { type: 'generate' } },
  {
    name: 'approve',
    ready: finished(2),
    person: 'lee',
    intent: { type: 'vote', verdict: 'approve', cut: '2a', words: '' },
  },
];

/** Without stills, of which a life too many may lose one for good. */
const film = approval
  .filter(({ name }) => name !== 'stills' && name !== 'pick')
  .map((move) => (move.name === 'go' ? { ...move, ready: worded(2) } : move));

const scenarios = {
  film: { moves: film, over: (c) => c.phase === 'approved' },
  stills: { moves: storyboard, over: (c) => c.phase === 'cancelled' },
  unlisted: { moves: unlisted, over: (c) => c.phase === 'approved' },
  approve: { moves: approval, over: (c) => c.phase === 'approved' },
  cancel: { moves: cancellation, over: (c) => c.takes[0]?.state === 'canceled' },
} satisfies Record<string, Scenario>;
export type ScenarioName = keyof typeof scenarios;

const opening: Intent = {
  type: 'open',
  words: 'A calm film for Aurora tea',
  options: { seconds: 3, product: 'Aurora' },
  references: [{ name: 'aurora.svg', purpose: 'logo', source: { kind: 'attachment', attachment: logo } }],
  place: 'terminal:main',
};

const patience = 60_000;

/** Plays every campaign to its end; in a later life the same moves are told again and change nothing. */
export async function drive(
  app: App,
  scenario: ScenarioName,
  campaigns: number,
  onTold: (id: string) => void,
): Promise<void> {
  const names = Array.from({ length: campaigns }, (_, i) => `c${i + 1}`);
  await Promise.all(names.map((name) => driveOne(app, scenarios[scenario], name, onTold)));
}

async function driveOne(
  app: App,
  { moves, over }: Scenario,
  name: string,
  onTold: (id: string) => void,
): Promise<void> {
  const doors = app.doorsFor('terminal');
  const told = async (
    move: string,
    person: string,
    at: { place: string } | { campaign: string },
    intent: Intent,
  ) => {
    const id = `${name}-${move}`;
    const { campaign } = await doors.tell({ id, workspace: 'chaos', person, at, intent });
    onTold(id);
    return campaign ?? '';
  };
  const campaign = await told('open', 'maya', { place: 'terminal:main' }, opening);
  for (const { name: move, ready, person = 'maya', intent } of moves) {
    await app.until(campaign, ready, patience);
    await told(move, person, { campaign }, intent);
  }
  await app.until(campaign, over, patience);
  await app.idle(`campaign:${campaign}`, patience);
}
