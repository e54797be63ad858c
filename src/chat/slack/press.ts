import { card } from '../card.ts';
import { pressAtHome } from './at-home.ts';
import { readAction } from './button.ts';
import { type Desk, openView, privately, respond, whisper } from './desk.ts';
import type { Forms } from './forms.ts';
import type { Press } from './incoming.ts';
import { begun, directAction, directly, over, readDirect } from './invite.ts';
import { openElsewhere } from './open.ts';
import { renderedTogether } from './rendered.ts';
import type { Content } from './send.ts';
import { wordsForm } from './words-form.ts';

const tooLate = 'Slack did not let me open that form in time. Please press the button once more.';

const otherVersion = renderedTogether(
  [
    card({
      title: 'This button was made by another version of me, and I cannot read it.',
      text: [
        'Say in the thread what you would like, and use the buttons of the answer. A decision can be given by ✅, 🔁 or ❌ on the card of its review.',
      ],
    }),
  ],
  null,
);

/** A button or a menu: what it carries is told, or its question asked first. */
export async function press(pressed: Press, desk: Desk & Forms): Promise<void> {
  const [action] = pressed.actions;
  if (!action) return;
  if (action.action_id === directAction) return direct(pressed, action.value, desk);
  if (await pressAtHome(pressed, desk)) return;
  const read = readAction(action);
  if (!read) return answer(pressed, otherVersion, desk);
  const { campaign, intent, asks } = read;
  if (asks) return ask(pressed, { ...read, asks }, desk);
  const told = await desk.doors.tell({
    id: idOf(pressed),
    ...{ workspace: pressed.team, person: pressed.user.id, at: { campaign }, intent },
  });
  if (told.answer) answer(pressed, renderedTogether([told.answer], campaign), desk);
}

const idOf = ({ container, trigger_id, actions, user }: Press): string =>
  `press/${container?.message_ts ?? trigger_id}/${actions[0]?.action_ts}/${user.id}`;

/** The form is opened beside the acknowledgement: its trigger lives for three seconds. */
function ask(pressed: Press, question: Parameters<typeof wordsForm>[0], desk: Desk): void {
  const { team: workspace, trigger_id } = pressed;
  desk.later('form', async () => {
    const { campaign, intent } = question;
    const words = intent.type === 'edit-prompt' ? await desk.doors.promptOf({ workspace, campaign }) : '';
    const opened = await openView(desk, workspace, trigger_id, wordsForm(question, words));
    if (!opened) answer(pressed, renderedTogether([card({ title: tooLate })], null), desk);
  });
}

function answer(pressed: Press, content: Content, desk: Desk): void {
  const { response_url: url, container, team, user } = pressed;
  desk.answer(idOf(pressed), async () => {
    if (url) return respond(desk.hosts, url, privately(content));
    if (!container?.channel_id) return;
    const spot = { team, channel: container.channel_id, thread: container.thread_ts ?? null };
    await whisper(desk, spot, user.id, content);
  });
}

/** Whoever could not let us into a channel is written to directly. */
async function direct(pressed: Press, value: string | undefined, desk: Desk): Promise<void> {
  const at = readDirect(value);
  if (!at) return answer(pressed, otherVersion, desk);
  if (at.team !== pressed.team) return;
  const went = await openElsewhere(desk.keep, at.team, at.root, pressed.user.id);
  const said = went === 'elsewhere' ? directly : went ? begun(desk.links.now(at.team)(went.opened)) : over;
  answer(pressed, said, desk);
}
