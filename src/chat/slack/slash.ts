import { commands } from '../../../commands/index.ts';
import type { KitIntent } from '../../campaign/brand-kit.ts';
import type { Intent } from '../../campaign/intent.ts';
import { nobody } from '../../campaign/policy.ts';
import { type Card, card } from '../card.ts';
import { type Desk, privately } from './desk.ts';
import type { SlashCommand } from './incoming.ts';
import type { Link } from './links.ts';
import type { Asker } from './open.ts';
import { placeOf } from './places.ts';
import { renderedTogether } from './rendered.ts';
import type { Content } from './send.ts';
import { spoken } from './spoken.ts';
import { ways } from './ways.ts';

/** What the person who typed it is told; undefined says nothing. */
type Said = object | undefined;

/** Something for `form`: a bare `/video` opens it. */
export interface Bare {
  form: true;
}

export interface Accepting {
  /** Resolves once it is written down that this was typed; it is carried out afterwards, whatever happens. */
  accept(typed: SlashCommand): Promise<void>;
}

/** A typed command: what only asks or cannot be is answered with the acknowledgement, all else accepted. */
export async function slash(typed: SlashCommand, desk: Desk & Accepting): Promise<Said | Bare> {
  const meant = await meaningOf(typed, desk);
  if ('say' in meant) return privately(say(meant.say, null, desk.links.now(typed.team_id)));
  if ('form' in meant) return meant;
  return void (await desk.accept(typed));
}

/**
 * What was accepted is told, and with that what was `kept` of it dropped. What it opens is remembered with the address
 * it can be answered at. Resolves to what is to be answered; then, or where it was told before, it is kept still.
 */
export async function carryOut(typed: SlashCommand, kept: string, desk: Desk): Promise<Content | undefined> {
  const meant = await meaningOf(typed, desk);
  if ('say' in meant) return say(meant.say, null, desk.links.now(typed.team_id));
  if ('form' in meant) return;
  const { team_id: workspace, user_id: person, response_url: url } = typed;
  if ('manage' in meant)
    return say([await managed(meant.manage, { id: idOf(typed), workspace, person }, desk)], null);
  const asker: Asker = { person, url };
  const at = { place: placeIn(typed) };
  const told = await desk.doors.tell({
    ...{ id: idOf(typed), workspace, person, at, intent: meant.tell, asker, kept },
  });
  return told.answer ? say([told.answer], told.campaign) : undefined;
}

type Meaning = { say: readonly Card[] } | Bare | { tell: Intent } | { manage: KitIntent };

async function meaningOf(typed: SlashCommand, { doors }: Desk): Promise<Meaning> {
  const command = commands.find(({ name }) => `/${name}` === typed.command);
  if (!command) return { say: [card({ title: `There is no \`${typed.command}\` here.` })] };
  const text = spoken(typed.text, '');
  if (command.name === 'video' && !text) return { form: true };
  const place = placeIn(typed);
  const meant = command.read({ text, options: {}, files: [], place });
  if ('refuse' in meant) return { say: meant.refuse.map(({ sentence }) => card({ title: sentence })) };
  if ('tell' in meant || 'manage' in meant) return meant;
  const { team_id: workspace, user_id: person } = typed;
  return { say: await doors.ask({ workspace, person, place, ways, question: meant.ask }) };
}

const idOf = ({ trigger_id }: SlashCommand): string => `command/${trigger_id}`;

/** A brand kit is changed. Whoever brings a logo hears in their own conversation with us what became of it. */
export async function managed(
  wish: KitIntent,
  by: { id: string; workspace: string; person: string },
  desk: Desk,
): Promise<Card> {
  const { workspace: team, person: channel } = by;
  const place = placeOf({ team, channel, thread: null });
  const intent = wish.type === 'keep-kit' ? { ...wish, place } : wish;
  const who = await desk.who(team, channel, nobody);
  const { answer } = await desk.doors.brand({ ...by, who, intent });
  return answer;
}

const placeIn = ({ team_id: team, channel_id: channel }: SlashCommand): string =>
  placeOf({ team, channel, thread: null });

const say = (cards: readonly Card[], campaign: string | null, link?: Link): Content =>
  renderedTogether(cards, campaign, link);
