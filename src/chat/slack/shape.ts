import { recent } from '../../recent.ts';
import { isPictureRefused, isRefusedBlocks } from './trouble.ts';

/**
 * How much of a card is shown. `rich`: with carousels and plans; `decorated`: with pictures it could do without;
 * `linked`: its pictures come from us, and not out of the conversation.
 */
export interface Shape {
  rich: boolean;
  decorated: boolean;
  linked: boolean;
}

/** Slack rolls things out, and takes them away: what a workspace refused is tried again after so long. */
const remembered = 60 * 60_000;
const most = 5_000;

/** Finds what Slack takes, from all there is downwards. */
export function newShapes(clock: () => number) {
  const plain = recent<number>(most);

  function isPlain(team: string): boolean {
    const until = plain.get(team);
    if (until === undefined || until > clock()) return until !== undefined;
    plain.delete(team);
    return false;
  }

  /** Only what then went well in plain was refused for being rich. */
  function learn(team: string): void {
    if (!isPlain(team)) plain.set(team, clock() + remembered);
  }

  /** `again`: this message was refused a moment ago in another shape, which has taken its turn. */
  return async function shaped<T>(
    team: string,
    all: Omit<Shape, 'rich'>,
    send: (shape: Shape, again: boolean) => Promise<T>,
  ): Promise<T> {
    let shape: Shape = { ...all, rich: !isPlain(team) };
    for (let again = false; ; again = true) {
      try {
        const sent = await send(shape, again);
        if (!shape.rich) learn(team);
        return sent;
      } catch (error) {
        const less = lessThan(shape, error);
        if (!less) throw error;
        shape = less;
      }
    }
  };
}

function lessThan(shape: Shape, error: unknown): Shape | null {
  if (isPictureRefused(error)) {
    if (shape.decorated) return { ...shape, decorated: false };
    return shape.linked ? { ...shape, linked: false } : null;
  }
  return shape.rich && isRefusedBlocks(error) ? { ...shape, rich: false } : null;
}
