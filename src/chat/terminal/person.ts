import type { Meant } from '../../../commands/command.ts';
import type { KitIntent } from '../../campaign/brand-kit.ts';
import type { Doors } from '../chat.ts';
import { attachmentsIn } from './attachments.ts';
import { commandIn, commandList, meantBy } from './commands.ts';
import { plainly } from './plainly.ts';
import { answerAsked, pressOnly } from './press.ts';
import { channelOf, type Seat, tell } from './seat.ts';
import { shortcutIn } from './shortcut.ts';

const firstSteps =
  'There is no conversation here yet. Begin with `/video` and a few words, for example: `/video a calm film for Aurora tea, 6s 9:16`.';

/** Understands one line and does what it says. Rejects only where a door failed. */
export async function enter(seat: Seat, doors: Doors, line: string): Promise<void> {
  const shortcut = shortcutIn(line);
  const isCommand = typeof commandIn(line.trim()) === 'object' && commandIn(line.trim()) !== null;
  if (seat.asking && !shortcut && !isCommand) return answerAsked(seat, doors, line);
  seat.asking = null;
  if (shortcut) return shortcut(seat, doors);
  if (line.trim()) await hear(seat, doors, line.trim());
}

async function hear(seat: Seat, doors: Doors, line: string): Promise<void> {
  const { words, offers, missing } = attachmentsIn(line);
  const { screen, place } = seat;
  const isNumber = /^\d{1,2}$/.test(words) && offers.length === 0;
  const command = commandIn(words);
  if (missing.length)
    screen.say(`I cannot find ${missing.join(' and ')}. Nothing was sent; please look at the path.`);
  else if (typeof command === 'string')
    screen.say(`There is no \`/${command}\` here. There are: ${commandList()}.`);
  else if (command) await mean(seat, doors, meantBy(command.command, command.text, offers, place));
  else if (isNumber && (await pressOnly(seat, doors, Number(words)))) return;
  else if (place === channelOf(place)) screen.say(firstSteps);
  else await tell(seat, doors, place, { type: 'say', words, references: offers });
}

async function mean(seat: Seat, doors: Doors, meant: Meant): Promise<void> {
  const { screen, place, workspace, person } = seat;
  if ('refuse' in meant) for (const { sentence } of meant.refuse) screen.say(sentence);
  else if ('tell' in meant) await tell(seat, doors, channelOf(place), meant.tell);
  else if ('manage' in meant) await manage(seat, doors, meant.manage);
  else {
    // Whoever sits at this keyboard sees its whole screen.
    const cards = await doors.ask({ workspace, person, place: null, question: meant.ask });
    for (const card of cards) screen.show(place, null, plainly(card));
  }
}

async function manage(seat: Seat, doors: Doors, intent: KitIntent): Promise<void> {
  const { screen, place, workspace, person, who, newId } = seat;
  const wish = { id: newId(), workspace, person, who: who(person), intent };
  const { answer } = await doors.brand(wish);
  screen.show(place, null, plainly(answer));
}
