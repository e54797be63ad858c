import type { Intent } from '../../campaign/intent.ts';
import type { Who } from '../../campaign/review.ts';
import type { Doors } from '../chat.ts';
import type { Desk } from './desk.ts';
import { plainly } from './plainly.ts';
import type { Screen } from './screen.ts';

/** Who sits at the keyboard, where they look, and what is in front of them. */
export interface Seat {
  person: string;
  place: string;
  /** The button that waits for one line. */
  asking: { place: string; does: Intent } | null;
  readonly workspace: string;
  readonly people: Readonly<Record<string, Who>>;
  /** Fails closed: a stranger manages nothing. */
  readonly who: (person: string) => Who;
  readonly newId: () => string;
  readonly desk: Desk;
  readonly screen: Screen;
  /** Leaves, after what was typed so far is done. */
  quit: () => void;
}

export const channelOf = (place: string): string => place.replace(/\/.*$/, '');

/** As people call them. */
export const nameOf = ({ people, person }: Seat): string =>
  (Object.hasOwn(people, person) ? people[person]?.name : undefined) ?? person;

/** Tells it through the door, and shows the answer to whoever asked. */
export async function tell(seat: Seat, doors: Doors, place: string, intent: Intent): Promise<void> {
  const { workspace, person, desk, screen } = seat;
  const id = seat.newId();
  const { answer } = await doors.tell({ id, workspace, person, at: { place }, intent });
  if (!answer) return;
  const message = `answer ${id}`;
  const card = plainly(answer);
  desk.put({ place, key: message, message, card });
  screen.show(place, message, card);
}
