import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIChatInputApplicationCommandGuildInteraction,
  type APIInteraction,
  type APIMessageApplicationCommandGuildInteraction,
  type APIMessageComponentGuildInteraction,
  type APIModalSubmitGuildInteraction,
  ApplicationCommandType,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  InteractionType,
} from '@discordjs/core';
import { card } from '../card.ts';
import { answering } from './answer.ts';
import { applaud } from './applause.ts';
import type { Desk } from './desk.ts';
import { hear } from './hear.ts';
import { arrive, compare, leave } from './leave.ts';
import { press, submit } from './press.ts';
import { react, unreact } from './react.ts';
import { complete, slash, useMessage } from './slash.ts';
import { sweep } from './sweep.ts';

/** Hands everything that comes in to whoever understands it; the rest is let go. */
export async function heard(event: GatewayDispatchPayload, desk: Desk): Promise<void> {
  switch (event.t) {
    case GatewayDispatchEvents.InteractionCreate:
      return interact(event.d, desk);
    case GatewayDispatchEvents.MessageCreate:
      return hear(event.d, desk);
    case GatewayDispatchEvents.MessageReactionAdd:
      desk.later('applause', () => applaud(event.d, desk));
      return react(event.d, desk);
    case GatewayDispatchEvents.MessageReactionRemove:
      desk.later('applause', () => applaud(event.d, desk));
      return unreact(event.d, desk);
    case GatewayDispatchEvents.GuildCreate:
      return arrive(event.d, desk);
    case GatewayDispatchEvents.GuildDelete:
      return leave(event.d, desk);
    case GatewayDispatchEvents.Ready:
      desk.later('sweep', () => sweep(desk));
      return compare(event.d, desk);
    case GatewayDispatchEvents.Resumed:
      return desk.later('sweep', () => sweep(desk));
    default:
  }
}

async function interact(asked: APIInteraction, desk: Desk): Promise<void> {
  if (!asked.guild_id) return elsewhere(asked, desk);
  const { guild_id: guild, attachment_size_limit: bytes } = asked;
  if (bytes !== undefined) desk.later('limit', () => desk.guilds.tells(guild, bytes));
  switch (asked.type) {
    case InteractionType.ApplicationCommand:
      return asked.data.type === ApplicationCommandType.Message
        ? useMessage(asked as APIMessageApplicationCommandGuildInteraction, desk)
        : slash(asked as APIChatInputApplicationCommandGuildInteraction, desk);
    case InteractionType.ApplicationCommandAutocomplete:
      return complete(asked as APIApplicationCommandAutocompleteInteraction, desk);
    case InteractionType.MessageComponent:
      return press(asked as APIMessageComponentGuildInteraction, desk);
    case InteractionType.ModalSubmit:
      return submit(asked as APIModalSubmitGuildInteraction, desk);
    default:
  }
}

const elsewhere = (asked: APIInteraction, desk: Desk): Promise<void> =>
  answering(asked, desk, async () => ({
    cards: [card({ title: 'Videos are made in servers: use the command in a channel of one.' })],
    campaign: null,
  }));
