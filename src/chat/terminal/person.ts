import type { Intent } from '../../campaign/intent.ts';
import type { Verdict } from '../../campaign/review.ts';
import type { Doors, Incoming } from '../chat.ts';
import { attachmentsIn } from './attachments.ts';
import { commandIn, commandList, helpCard, meantBy } from './commands.ts';
import { type Desk, type Pressable, pressables } from './desk.ts';
import type { Screen } from './screen.ts';

/** Who sits at the keyboard and where they look. */
export interface Seat {
  person: string;
  place: string;
  workspace: string;
  newId: () => string;
  desk: Desk;
  screen: Screen;
  /** Leaves, after what was typed so far is done. */
  quit: () => void;
}

type Ask = { title: string; label: string; does: Intent };

const channelOf = (place: string): string => place.replace(/\/.*$/, '');
const verdicts: Record<string, Verdict> = {
  approve: 'approve',
  approved: 'approve',
  yes: 'approve',
  '✅': 'approve',
  '👍': 'approve',
  changes: 'request-changes',
  change: 'request-changes',
  'request-changes': 'request-changes',
  '🔁': 'request-changes',
  reject: 'reject',
  rejected: 'reject',
  no: 'reject',
  '❌': 'reject',
  '👎': 'reject',
};

/** Understands one line after the other, as one person types them. */
export function personAt(seat: Seat, doors: Doors) {
  const { desk, screen } = seat;
  let asked: Ask | null = null;

  async function tell(at: string, intent: Intent): Promise<void> {
    const incoming: Incoming = {
      id: seat.newId(),
      workspace: seat.workspace,
      person: seat.person,
      at: { place: at },
      intent,
    };
    const { answer } = await doors.tell(incoming);
    if (!answer) return;
    const message = `answer ${incoming.id}`;
    desk.put({ place: at, key: message, message, card: answer });
    screen.show(at, message, answer);
  }

  async function command(line: string, files: ReturnType<typeof attachmentsIn>['offers']): Promise<boolean> {
    const found = commandIn(line);
    if (!found) return false;
    if (typeof found === 'string') screen.say(`There is no /${found} here. There are: ${commandList()}.`);
    else await mean(meantBy(found.command, found.text, files, channelOf(seat.place)));
    return true;
  }

  async function mean(meant: ReturnType<typeof meantBy>): Promise<void> {
    if ('refuse' in meant) for (const { sentence } of meant.refuse) screen.say(sentence);
    else if ('tell' in meant) await tell(channelOf(seat.place), meant.tell);
    else {
      const { workspace, person } = seat;
      for (const card of await doors.ask({ workspace, person, question: meant.ask }))
        screen.show(seat.place, null, card);
    }
  }

  async function press(pressed: Pressable): Promise<void> {
    if (!('asks' in pressed) || !pressed.asks) return tell(seat.place, pressed.does);
    asked = { ...pressed.asks, does: pressed.does };
    screen.say(`${asked.title}: ${asked.label} (one line; an empty one leaves everything as it is)`);
  }

  async function answer(line: string, { does }: Ask): Promise<void> {
    asked = null;
    if (!line.trim()) screen.say('Left as it was.');
    else await tell(seat.place, { ...does, words: line.trim() } as Intent);
  }

  /** The newest card that offers anything decides what a number means. */
  async function number(n: number): Promise<void> {
    const newest = desk.offering(seat.place)[0];
    const pressed = newest && pressables(newest.card)[n - 1];
    if (pressed) return press(pressed);
    const count = newest ? pressables(newest.card).length : 0;
    screen.say(
      count ? `The newest card goes from 1 to ${count}.` : 'There is nothing to press here right now.',
    );
  }

  /** Whether a bare number was meant for a card; a number that no card has is just words. */
  async function bareNumber(n: number): Promise<boolean> {
    const meant = desk.offering(seat.place).filter(({ card }) => pressables(card).length >= n);
    const [one, another] = meant;
    const pressed = one && pressables(one.card)[n - 1];
    if (!pressed) return false;
    if (!another) await press(pressed);
    else
      screen.say(
        `“${one.card.title}” and “${another.card.title}” both have a ${n}. Type :${n} for the newer one (${pressed.label}).`,
      );
    return true;
  }

  async function react(rest: string): Promise<void> {
    const [, word = '', words = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
    const verdict = Object.hasOwn(verdicts, word.toLowerCase()) ? verdicts[word.toLowerCase()] : undefined;
    const cut = desk.newestCut(seat.place);
    if (!verdict) screen.say('React with :react approve, :react changes WHY or :react reject WHY.');
    else if (cut === undefined) screen.say('There is no review in this conversation yet.');
    else await tell(seat.place, { type: 'vote', verdict, cut, words });
  }

  function join(rest: string): void {
    const all = desk.conversations;
    const id = rest.replace(/^#/, '');
    const wanted =
      all[Number(id) - 1]?.place ?? all.find(({ place }) => place === id || place.endsWith(`:${id}`))?.place;
    if (!rest) listConversations();
    else if (wanted) go(wanted);
    else if (channelOf(seat.place).endsWith(`:${id}`) || id === 'channel') go(channelOf(seat.place));
    else screen.say(`There is no conversation “${rest}”. :join alone lists them.`);
  }

  function go(place: string): void {
    seat.place = place;
    const [newest] = desk.offering(place);
    if (newest) screen.show(place, newest.message, newest.card);
    else screen.say(`You are in ${desk.heading(place)}.`);
  }

  function listConversations(): void {
    const lines = desk.conversations.map(
      ({ place }) => `${place === seat.place ? '•' : ' '} ${desk.heading(place)}`,
    );
    screen.say(lines.length ? lines.join('\n') : 'No conversations yet. Begin with /video and a few words.');
  }

  async function shortcut(name: string, rest: string): Promise<void> {
    if (/^\d+$/.test(name)) await number(Number(name));
    else if (name === 'react') await react(rest);
    else if (name === 'join') join(rest);
    else if (name === 'as') sitDown(rest);
    else if (name === 'help') screen.show(seat.place, null, helpCard());
    else if (name === 'quit' || name === 'q') seat.quit();
    else screen.say(`I do not know :${name}. :help lists what can be typed.`);
  }

  function sitDown(name: string): void {
    if (name) seat.person = name;
    screen.say(
      name ? `Now ${name} is at the keyboard.` : `${seat.person} is at the keyboard. :as NAME changes that.`,
    );
  }

  async function words(line: string): Promise<void> {
    const { words: rest, offers, missing } = attachmentsIn(line);
    if (missing.length)
      return screen.say(`I cannot find ${missing.join(' and ')}. Nothing was sent; please look at the path.`);
    if (await command(rest, offers)) return;
    if (/^\d{1,2}$/.test(rest) && offers.length === 0 && (await bareNumber(Number(rest)))) return;
    if (seat.place === channelOf(seat.place))
      return screen.say(
        'There is no conversation here yet. Begin with /video and a few words, for example: /video a calm film for Aurora tea, 6s 9:16',
      );
    await tell(seat.place, { type: 'say', words: rest, references: offers });
  }

  /** One line, understood and done. Rejects only where a door failed. */
  return async function enter(line: string): Promise<void> {
    if (asked) return answer(line, asked);
    const [, name, rest = ''] = /^\s*:([a-z]+|\d{1,2})(?=\s|$)\s*(.*?)\s*$/is.exec(line) ?? [];
    if (name) return shortcut(name.toLowerCase(), rest);
    if (line.trim()) await words(line.trim());
  };
}
