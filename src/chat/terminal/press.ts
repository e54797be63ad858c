import type { Intent } from '../../campaign/intent.ts';
import type { Doors } from '../chat.ts';
import { type Lying, type Pressable, pressables } from './desk.ts';
import { type Seat, tell } from './seat.ts';

/** `:2` presses on the newest card that offers anything. */
export async function pressNewest(seat: Seat, doors: Doors, n: number): Promise<void> {
  const [newest] = seat.desk.offering(seat.place);
  const pressed = newest && pressables(newest.card)[n - 1];
  if (newest && pressed) await press(seat, doors, newest, pressed);
  else if (newest)
    seat.screen.say(`“${newest.card.title}” goes from 1 to ${pressables(newest.card).length}.`);
  else seat.screen.say('There is nothing to press here right now.');
}

/** A bare `2` presses only where one card has a 2. False where none has: then it is just words. */
export async function pressOnly(seat: Seat, doors: Doors, n: number): Promise<boolean> {
  const [one, another] = seat.desk.offering(seat.place).filter(({ card }) => pressables(card).length >= n);
  const pressed = one && pressables(one.card)[n - 1];
  if (!one || !pressed) return false;
  if (!another) await press(seat, doors, one, pressed);
  else
    seat.screen.say(
      `“${one.card.title}” and “${another.card.title}” both have a ${n}. Type \`:${n}\` for the newer one (${pressed.label}).`,
    );
  return true;
}

async function press(seat: Seat, doors: Doors, { place, card }: Lying, pressed: Pressable): Promise<void> {
  const { label, does } = pressed;
  if ('asks' in pressed && pressed.asks) {
    seat.asking = { place, does };
    seat.screen.say(
      `${pressed.asks.title}: ${pressed.asks.label} (an empty line leaves everything as it is)`,
    );
    return;
  }
  // Cards come and go while somebody types, and some buttons cost money: say which one it was.
  seat.screen.say(`${label} · ${card.title}`);
  await tell(seat, doors, place, does);
}

/** The line that a button asked for. */
export async function answerAsked(seat: Seat, doors: Doors, line: string): Promise<void> {
  const asking = seat.asking;
  seat.asking = null;
  if (!asking || !line.trim()) seat.screen.say('Left as it was.');
  else await tell(seat, doors, asking.place, { ...asking.does, words: line.trim() } as Intent);
}
