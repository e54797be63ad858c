import { titleOf } from '../campaign/head.ts';
import type { Chats } from '../chat/chat.ts';
import { chatOf } from '../chat/place.ts';
import type { Job, JobContext } from './job.ts';

/** Opens the conversation; the platform makes it idempotent by the campaign's id. */
export function openPlace(chats: Chats): Job<'open-place'> {
  const open = async (channel: string, context: JobContext) => {
    const { campaign, guard } = context;
    const place = await chatOf(chats, channel).open(channel, titleOf(campaign), campaign.id, guard);
    await context.sent();
    return { outcome: { type: 'conversation.opened' as const, place } };
  };
  return {
    do: ({ channel }, context) => open(channel, context),
    find: ({ channel }, context) => open(channel, context),
  };
}
