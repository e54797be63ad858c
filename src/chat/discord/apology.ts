import { GatewayDispatchEvents, type GatewayDispatchPayload, MessageFlags } from '@discordjs/core';
import { card } from '../card.ts';
import { type Answer, change, forgiving } from './answer.ts';
import type { Desk } from './desk.ts';

const unfinished: Answer = {
  cards: [
    card({
      title: 'I am sorry, I could not finish that.',
      text: ['Please see whether it was done all the same; if it was not, try it once more.'],
    }),
  ],
  campaign: null,
};

/**
 * Who asked for what is given up, and still sees that it is thought about, is told so. Whatever else was answered
 * stays, and after a quarter of an hour nobody can be told any more.
 */
export async function apologize(
  event: GatewayDispatchPayload,
  desk: Pick<Desk, 'api' | 'buttons'>,
): Promise<void> {
  if (event.t !== GatewayDispatchEvents.InteractionCreate) return;
  const { application_id, token } = event.d;
  await forgiving(async () => {
    const { flags = 0 } = await desk.api.interactions.getOriginalReply(application_id, token);
    if (flags & MessageFlags.Loading) await change(event.d, unfinished, desk);
  });
}
