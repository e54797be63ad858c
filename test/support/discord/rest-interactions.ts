import type { Form, Interaction } from './interactions.ts';
import { checkForm } from './layout.ts';
import { edit, post, remove } from './messages.ts';
import { invalid, no } from './refused.ts';
import type { Ask } from './routes.ts';
import { messageShape } from './shape-message.ts';
import { flag, type MessageBody } from './wire.ts';
import type { Message, World } from './world.ts';

const [seconds, minutes] = [1000, 60_000];

interface Callback {
  type: number;
  data?: (MessageBody & Partial<Form> & { choices?: Interaction['choices'] }) | null;
}

/** Which first answers a question allows, by its type. */
const fitting: Record<Interaction['type'], number[]> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
};

export function callBack(ask: Ask): object | undefined {
  const { world, at, body, query } = ask;
  const interaction = world.interactions.get(at('interaction_id'));
  if (!interaction || interaction.token !== at('interaction_token')) throw no('unknownInteraction');
  if (interaction.answer !== null) throw no('answeredAlready');
  if (world.clock() - interaction.at > 3 * seconds) throw no('unknownInteraction');
  const { type, data } = body as Callback;
  const onMessage = type === 6 || type === 7;
  if (!fitting[interaction.type].includes(type) || (onMessage && !interaction.source))
    throw invalid('type', 'INTERACTION_CALLBACK_TYPE', `${type} does not answer type ${interaction.type}`);
  answer(ask, interaction, type, data ?? {});
  interaction.answer = type;
  interaction.settle();
  return query.get('with_response') === 'true' ? callbackShape(world, interaction) : undefined;
}

function answer(ask: Ask, interaction: Interaction, type: number, data: NonNullable<Callback['data']>): void {
  const { world } = ask;
  if (type === 4) interaction.original = say(ask, interaction, data);
  if (type === 5) interaction.original = think(ask, interaction, data);
  if (type === 6 || type === 7) interaction.original = interaction.source;
  if (type === 7 && interaction.source) change(ask, interaction, interaction.source, data);
  if (type === 8) interaction.choices = data.choices ?? [];
  if (type !== 9) return;
  const { custom_id = '', title = '', components = [] } = data;
  checkForm(components ?? []);
  interaction.form = { custom_id, title, components: components ?? [] };
  world.log.note({ kind: 'person', who: interaction.person.name, does: 'is shown a form', detail: title });
}

const onlyFor = ({ person }: Interaction, flags: number | null | undefined): string | null =>
  (flags ?? 0) & flag.ephemeral ? person.id : null;

/** A deferred answer may say nothing but who will see it. */
function think(ask: Ask, interaction: Interaction, data: MessageBody): Message {
  const wrong = Object.keys(data).find((key) => key !== 'flags');
  if (wrong || (data.flags ?? 0) & ~flag.ephemeral)
    throw invalid(`data/${wrong ?? 'flags'}`, 'INTERACTION_DEFERRED', 'Only EPHEMERAL may be set');
  return say(ask, interaction, data, flag.loading);
}

function say({ world, files }: Ask, interaction: Interaction, body: MessageBody, more = 0): Message {
  const seenBy = onlyFor(interaction, body.flags);
  const flags = more | (seenBy ? flag.ephemeral : 0);
  const { channel, limit, source, type } = interaction;
  return post(world, {
    channel,
    author: world.bot,
    body,
    files,
    limit,
    more: { interaction, onlyFor: seenBy, flags, type: type === 2 ? 20 : source ? 19 : 0, reference: null },
  });
}

function change(
  { world, files }: Ask,
  interaction: Interaction,
  message: Message,
  body: MessageBody,
): Message {
  const { channel, limit } = interaction;
  if (channel.thread?.archived) throw no('archived');
  return edit(world, message, { channel, author: world.bot, body, files, limit });
}

function callbackShape(world: World, { id, type, answer, original }: Interaction): object {
  const interaction = {
    id,
    type,
    ...(original
      ? {
          response_message_id: original.id,
          response_message_loading: (original.flags & flag.loading) !== 0,
          response_message_ephemeral: original.onlyFor !== null,
        }
      : {}),
  };
  const told = original && (answer === 4 || answer === 5 || answer === 7);
  const resource = told ? { type: answer, message: messageShape(world, original) } : { type: answer };
  return { interaction, ...(told ? { resource } : {}) };
}

/** The question that a token stands for, while it lives. */
function tokenOf({ world, at }: Ask): Interaction {
  const token = at('webhook_token');
  const found = [...world.interactions.values()].find((each) => each.token === token);
  if (!found || at('webhook_id') !== world.application.id) throw no('unknownWebhook');
  if (world.clock() - found.at > 15 * minutes) throw no('tokenDead');
  if (found.answer === null) throw no('unknownWebhook');
  return found;
}

/** Another message. The first one after a deferred answer takes its place, and is seen by whom it was meant for. */
export function followUp(ask: Ask): object {
  const { world, body } = ask;
  const interaction = tokenOf(ask);
  const { original } = interaction;
  const waits = original && (original.flags & flag.loading) !== 0;
  const said = waits
    ? change(ask, interaction, original, body as MessageBody)
    : say(ask, interaction, body as MessageBody);
  if (!waits) interaction.followUps.push(said);
  return messageShape(world, said);
}

function messageOf(ask: Ask, id: string): { interaction: Interaction; message: Message } {
  const interaction = tokenOf(ask);
  const { original, followUps } = interaction;
  const message = id === '@original' ? original : [original, ...followUps].find((each) => each?.id === id);
  if (!message || message.deleted) throw no('unknownMessage');
  return { interaction, message };
}

export function editFollowUp(ask: Ask, id = ask.at('message_id')): object {
  const { interaction, message } = messageOf(ask, id);
  return messageShape(ask.world, change(ask, interaction, message, ask.body as MessageBody));
}

export const getFollowUp = (ask: Ask, id = ask.at('message_id')): object =>
  messageShape(ask.world, messageOf(ask, id).message);

export const deleteFollowUp = (ask: Ask, id = ask.at('message_id')): void =>
  remove(ask.world, messageOf(ask, id).message);
