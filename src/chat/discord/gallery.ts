import type { APIChatInputApplicationCommandGuildInteraction } from '@discordjs/core';
import { MessageFlags } from '@discordjs/core';
import type { Question } from '../../campaign/question.ts';
import type { Card } from '../card.ts';
import { forgiving } from './answer.ts';
import { applauseIn } from './applause.ts';
import type { Desk } from './desk.ts';
import { sureBytes } from './limits.ts';
import { attached, nameOf, picturesOf } from './pictures.ts';
import { spotOf } from './places.ts';
import { render } from './render.ts';
import { bare } from './rendered.ts';
import { filesFor } from './send.ts';

/** What was approved is everybody's to see, where they may see how it came about. */
export const isGallery = (question: Question): boolean =>
  question.about === 'campaigns' && question.status === 'approved';

/** The approved films of a server with their pictures and what people think of them, for all in the channel. */
export async function showGallery(
  { id, token, application_id, guild_id, member }: APIChatInputApplicationCommandGuildInteraction,
  question: Question,
  desk: Desk,
): Promise<void> {
  await forgiving(() => desk.api.interactions.defer(id, token));
  const isOpen = (place: string) => desk.guilds.isOpen(spotOf(place));
  const by = { workspace: guild_id, person: member.user.id, place: null };
  const [board] = await desk.doors.ask({ ...by, isOpen, question });
  if (!board) return;
  const shown = await withApplause(board, desk);
  const brought = picturesOf(shown).map((file) => attached(file, sureBytes, desk.pictures));
  const files = (await Promise.all(brought)).flat();
  const names = new Set(files.map(({ name }) => name));
  const { container } = render(shown, {
    ...bare,
    campaign: null,
    media: (file) => (names.has(nameOf(file)) ? `attachment://${nameOf(file)}` : null),
    marker: 1,
  });
  await forgiving(() =>
    desk.api.interactions.editReply(application_id, token, {
      flags: MessageFlags.IsComponentsV2,
      components: [container],
      allowed_mentions: { parse: [] },
      ...filesFor(files),
    }),
  );
}

async function withApplause(board: Card, desk: Desk): Promise<Card> {
  const items = board.items.map(async (item) => {
    const applause = item.place === null ? '' : await applauseIn(item.place, desk);
    return applause ? { ...item, text: `${item.text} · ${applause}` } : item;
  });
  return { ...board, items: await Promise.all(items) };
}
