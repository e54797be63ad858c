import { z } from 'zod';
import type { Content } from './send.ts';

export type Invitation = Content;

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** The button that moves a conversation into a direct message. */
export const directAction = 'dailies.direct';
const Direct = z.object({ team: z.string(), root: z.string() });

/** Where an answer lands: in the channel that is meant, seen by who asked alone, or in their direct message with us. */
export type Landing = 'there' | 'direct';

/** People see its name, if they may. */
const named = (channel: string): string => (/^[CG]/.test(channel) ? `<#${channel}>` : 'that conversation');

const inviteText = (channel: string, landing: Landing): string =>
  landing === 'there'
    ? 'I am not in this channel, so I cannot post here yet. Type `/invite @Dailies` and I begin right away; nothing you wrote is lost.'
    : `I am not in ${named(channel)}, so I cannot post your video there yet. Type \`/invite @Dailies\` in that channel and I begin there right away, or let me begin here; nothing you wrote is lost.`;

const notBetween: Record<Landing, string> = {
  there:
    'I cannot come into a direct message between other people. I can begin in one with you, or type `/video` in a channel; nothing you wrote is lost.',
  direct:
    'You chose a direct message with somebody else for your video, and I cannot come into that one. I can begin here instead; nothing you wrote is lost.',
};

/** How to let us into a channel, or to do without. Nobody is invited into what two people say to each other. */
export const invitation = (
  at: z.infer<typeof Direct>,
  channel: string,
  landing: Landing = 'there',
): Invitation => {
  const text = channel.startsWith('D') ? notBetween[landing] : inviteText(channel, landing);
  return { text, blocks: [section(text), doWithout(at, landing)] };
};

const withoutIt: Record<Landing, string> = {
  there: 'Use a direct message',
  direct: 'Use this direct message',
};

const doWithout = (at: z.infer<typeof Direct>, landing: Landing) => ({
  type: 'actions',
  elements: [
    {
      type: 'button',
      action_id: directAction,
      text: { type: 'plain_text', text: withoutIt[landing] },
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

const closedText = (channel: string, landing: Landing): string =>
  landing === 'there'
    ? 'I may not post in this channel: it is archived or restricted. Please ask in another one; nothing was begun.'
    : `I may not post your video in ${named(channel)}: it is archived or restricted. Please ask in another channel; nothing was begun.`;

export const closed = (channel: string, landing: Landing): Invitation => {
  const text = closedText(channel, landing);
  return { text, blocks: [section(text)] };
};

const directText = 'Gladly: it goes on between the two of us, in your direct message with me.';
export const directly: Invitation = { text: directText, blocks: [section(directText)] };

/** It began before anybody pressed. */
export const begun = (url: string | null): Invitation => {
  const text = `It has begun in the meantime${url === null ? '' : `: <${url}|open the conversation>`}.`;
  return { text, blocks: [section(text)] };
};

const overText = 'That video does not wait to begin any more. Type `/video` and a few words for a new one.';
export const over: Invitation = { text: overText, blocks: [section(overText)] };
