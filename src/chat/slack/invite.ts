import { z } from 'zod';
import type { Content } from './send.ts';

export type Invitation = Content;

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** The button that moves a conversation into a direct message. */
export const directAction = 'dailies.direct';
const Direct = z.object({ team: z.string(), root: z.string() });

const inviteText =
  'I am not in this channel, so I cannot post here yet. Type `/invite @Dailies` and I begin right away; nothing you wrote is lost.';

/** How to let us into a channel, or to do without. */
export const invitation = (at: z.infer<typeof Direct>): Invitation => ({
  text: inviteText,
  blocks: [
    section(inviteText),
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: directAction,
          text: { type: 'plain_text', text: 'Use a direct message' },
          value: JSON.stringify(at),
        },
      ],
    },
  ],
});

export function readDirect(value: string | undefined): z.infer<typeof Direct> | null {
  try {
    return Direct.safeParse(JSON.parse(value ?? '')).data ?? null;
  } catch {
    return null;
  }
}

const closedText =
  'I may not post in this channel: it is archived or restricted. Please ask in another one; nothing was begun.';
export const closed: Invitation = { text: closedText, blocks: [section(closedText)] };

const directText = 'Gladly: I begin in a direct message with you.';
export const directly: Invitation = { text: directText, blocks: [section(directText)] };
