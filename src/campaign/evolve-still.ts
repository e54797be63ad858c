import type { Campaign } from './campaign.ts';
import type { Event, EventOf } from './event.ts';
import type { Still, Storyboard } from './still.ts';

type StillEvent = Extract<Event, { type: `still.${string}` | `stills.${string}` }>;

export function evolveStill(campaign: Campaign, event: StillEvent): Campaign {
  switch (event.type) {
    case 'stills.requested':
      return { ...campaign, phase: storyboarding(campaign), boards: [...campaign.boards, requested(event)] };
    case 'stills.cleared': {
      const { clearance } = event;
      return { ...campaign, boards: withBoard(campaign, event.board, () => ({ clearance })) };
    }
    case 'still.made':
      return withStill(campaign, event, (still) => ({
        state: 'ready',
        picture: event.picture,
        held: null,
        billed: still.billed + event.bill.billed,
      }));
    case 'still.failed':
      return withStill(campaign, event, (still) => ({
        state: 'failed',
        reason: event.reason,
        held: null,
        billed: still.billed + event.bill.billed,
      }));
    case 'still.unconfirmed':
      return withStill(campaign, event, () => ({ state: 'unconfirmed' }));
    case 'still.attempted': {
      const { attempt, held, bill } = event;
      return withStill(campaign, event, (still) => ({
        state: 'requested',
        attempt,
        held,
        billed: still.billed + bill.billed,
      }));
    }
    case 'still.picked':
      return { ...campaign, boards: withBoard(campaign, event.board, () => ({ picked: event.still })) };
  }
}

const storyboarding = (campaign: Campaign): Campaign['phase'] =>
  campaign.phase === 'briefing' ? 'storyboard' : campaign.phase;

const requested = (event: EventOf<'stills.requested'>): Storyboard => ({
  n: event.board,
  model: event.model,
  revision: event.revision,
  aspect: event.aspect,
  references: event.references,
  quality: event.quality,
  look: event.look,
  follow: event.follow,
  picked: null,
  clearance: null,
  stills: event.stills.map(({ n, seed, held }) => ({
    n,
    seed,
    held,
    state: 'requested',
    attempt: 1,
    billed: 0,
    picture: null,
    reason: null,
  })),
});

const withBoard = (campaign: Campaign, n: number, change: (board: Storyboard) => Partial<Storyboard>) =>
  campaign.boards.map((board) => (board.n === n ? { ...board, ...change(board) } : board));

function withStill(
  campaign: Campaign,
  at: { board: number; still: number },
  to: (still: Still) => Partial<Still>,
): Campaign {
  const change = (board: Storyboard) => ({
    stills: board.stills.map((still) => (still.n === at.still ? { ...still, ...to(still) } : still)),
  });
  return { ...campaign, boards: withBoard(campaign, at.board, change) };
}
