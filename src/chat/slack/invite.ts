import { z } from 'zod';
import type { Content } from './send.ts';

export type Invitation = Content;

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** The button that moves a conversation into a direct message. */
export const directAction = 'dailies.direct';
const Direct = z.object({ team: z.string(), root: z.string() });

const inviteText =
  'I am not in this channel, so I cannot post here yet. Type `/invite @Dailies` and I begin right away; nothing you wrote is lost.';

const notBetween =
  'I cannot come into a direct message between other people. I can begin in one with you, or type `/video` in a channel; nothing you wrote is lost.';

/** How to let us into a channel, or to do without. Nobody is invited into what two people say to each other. */
export const invitation = (at: z.infer<typeof Direct>, channel: string): Invitation => {
  const text = channel.startsWith('D') ? notBetween : inviteText;
  return { text, blocks: [section(text), doWithout(at)] };
};

const doWithout = (at: z.infer<typeof Direct>) => ({
  type: 'actions',
  elements: [
    {
      type: 'button',
      action_id: directAction,
      text: { type: 'plain_text', text: 'Use a direct message' },
      value: JSON.stringify(at),
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

/** It began before anybody pressed. */
export const begun = (url: string | null): Invitation => {
  const text = `It has begun in the meantime${url === null ? '' : `: <${url}|open the conversation>`}.`;
  return { text, blocks: [section(text)] };
};

const overText = 'That video does not wait to begin any more. Type `/video` and a few words for a new one.';
export const over: Invitation = { text: overText, blocks: [section(overText)] };
