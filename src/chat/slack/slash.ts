import { commands } from '../../../commands/index.ts';
import { card } from '../card.ts';
import { type Desk, privately } from './desk.ts';
import type { SlashCommand } from './incoming.ts';
import type { Asker } from './open.ts';
import { placeOf } from './places.ts';
import { renderedTogether } from './rendered.ts';
import { spoken } from './spoken.ts';

/** What the command's acknowledgement says to the person who typed it; undefined says nothing. */
type Said = object | undefined;

/** Something for `form`: a bare `/video` opens it. */
export interface Bare {
  form: true;
}

/** A typed command: told, asked or refused. What it opened is remembered with the address it can be answered at. */
export async function slash(typed: SlashCommand, desk: Desk): Promise<Said | Bare> {
  const command = commands.find(({ name }) => `/${name}` === typed.command);
  if (!command)
    return privately(renderedTogether([card({ title: `There is no \`${typed.command}\` here.` })], null));
  const text = spoken(typed.text, '');
  if (command.name === 'video' && !text) return { form: true };
  const { team_id: workspace, user_id: person, channel_id: channel } = typed;
  const place = placeOf({ team: workspace, channel, thread: null });
  const meant = command.read({ text, options: {}, files: [], place });
  if ('refuse' in meant)
    return privately(
      renderedTogether(
        meant.refuse.map(({ sentence }) => card({ title: sentence })),
        null,
      ),
    );
  if ('ask' in meant)
    return privately(
      renderedTogether(await desk.doors.ask({ workspace, person, place, question: meant.ask }), null),
    );
  const id = `command/${typed.trigger_id}`;
  const asker: Asker = { person, url: typed.response_url };
  const told = await desk.doors.tell({ id, workspace, person, at: { place }, intent: meant.tell, asker });
  return told.answer ? privately(renderedTogether([told.answer], told.campaign)) : undefined;
}
