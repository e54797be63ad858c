import type { Verdict } from '../../campaign/review.ts';
import type { Doors } from '../chat.ts';
import { helpCard } from './commands.ts';
import { pressNewest } from './press.ts';
import { channelOf, nameOf, type Seat, tell } from './seat.ts';

type Shortcut = (seat: Seat, rest: string, doors: Doors) => void | Promise<void>;

/** What a line that begins with a colon does, by its first word. */
const shortcuts: Record<string, Shortcut> = {
  react,
  join,
  as: sitDown,
  help: ({ screen, place }) => screen.show(place, null, helpCard()),
  quit: ({ quit }) => quit(),
  q: ({ quit }) => quit(),
};

/** Runs `:name rest`; null where the line is no shortcut, as `:)` is none. */
export function shortcutIn(line: string): ((seat: Seat, doors: Doors) => void | Promise<void>) | null {
  const [, name = '', rest = ''] = /^\s*:([a-z]+|\d{1,2})(?=\s|$)\s*(.*?)\s*$/is.exec(line) ?? [];
  if (!name) return null;
  if (/^\d/.test(name)) return (seat, doors) => pressNewest(seat, doors, Number(name));
  const known = Object.hasOwn(shortcuts, name.toLowerCase()) ? shortcuts[name.toLowerCase()] : undefined;
  if (known) return (seat, doors) => known(seat, rest, doors);
  return ({ screen }) => screen.say(`I do not know \`:${name}\`. \`:help\` lists what can be typed.`);
}

const verdicts: Record<Verdict, readonly string[]> = {
  approve: ['approve', 'approved', 'yes', '✅', '👍'],
  'request-changes': ['changes', 'change', 'request-changes', '🔁'],
  reject: ['reject', 'rejected', 'no', '❌', '👎'],
};

async function react(seat: Seat, rest: string, doors: Doors): Promise<void> {
  const [, word = '', words = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
  const spelled = Object.entries(verdicts).find(([, spellings]) => spellings.includes(word.toLowerCase()));
  const verdict = spelled?.[0] as Verdict | undefined;
  const cut = seat.desk.newestCut(seat.place);
  if (!verdict) seat.screen.say('React with `:react approve`, `:react changes WHY` or `:react reject WHY`.');
  else if (cut === undefined) seat.screen.say('There is no review in this conversation yet.');
  else await tell(seat, doors, seat.place, { type: 'vote', verdict, cut, words });
}

function join(seat: Seat, rest: string): void {
  const channel = channelOf(seat.place);
  const all = [...seat.desk.conversations.map(({ place }) => place), channel];
  const id = rest.replace(/^#/, '');
  const numbered = /^\d+$/.test(id) ? seat.desk.conversations[Number(id) - 1]?.place : undefined;
  const wanted = numbered ?? all.find((place) => place === id || place === `terminal:${id}`);
  if (!rest) listConversations(seat);
  else if (wanted) go(seat, wanted);
  else seat.screen.say(`There is no conversation “${rest}”. \`:join\` alone lists them.`);
}

function go(seat: Seat, place: string): void {
  seat.place = place;
  const [newest] = seat.desk.offering(place);
  if (newest) seat.screen.show(place, newest.message, newest.card);
  else seat.screen.say(`You are in ${seat.desk.heading(place)}.`);
}

function listConversations({ desk, place, screen }: Seat): void {
  const lines = desk.conversations.map(
    (one) => `${desk.heading(one.place)}${one.place === place ? '  ← you are here' : ''}`,
  );
  screen.say(lines.length ? lines.join('\n') : 'No conversations yet. Begin with `/video` and a few words.');
}

function sitDown(seat: Seat, name: string): void {
  const known = Object.entries(seat.people).find(
    ([id, who]) => id === name || who.name.toLowerCase() === name.toLowerCase(),
  );
  if (name) seat.person = known?.[0] ?? name;
  seat.screen.say(
    name
      ? `Now ${nameOf(seat)} is at the keyboard.`
      : `${nameOf(seat)} is at the keyboard. \`:as NAME\` changes that.`,
  );
}
