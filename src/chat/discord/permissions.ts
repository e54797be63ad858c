import { type APIOverwrite, type APIRole, PermissionFlagsBits } from '@discordjs/core';
import { type Card, card, type Field } from '../card.ts';

/** What we must be allowed in a channel, as Discord's settings call it, and what for. */
export const needed = [
  { bit: PermissionFlagsBits.ViewChannel, name: 'View Channel', why: 'to see where it was asked for' },
  {
    bit: PermissionFlagsBits.SendMessages,
    name: 'Send Messages',
    why: 'to post the message a thread hangs from',
  },
  {
    bit: PermissionFlagsBits.CreatePublicThreads,
    name: 'Create Public Threads',
    why: 'each video has its own thread',
  },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    name: 'Send Messages in Threads',
    why: 'to show cards and films there',
  },
  { bit: PermissionFlagsBits.AttachFiles, name: 'Attach Files', why: 'films and pictures are files' },
  { bit: PermissionFlagsBits.EmbedLinks, name: 'Embed Links', why: 'a link to a film shows its picture' },
  {
    bit: PermissionFlagsBits.ReadMessageHistory,
    name: 'Read Message History',
    why: 'to look whether something was posted already, so that nothing is posted twice',
  },
  {
    bit: PermissionFlagsBits.AddReactions,
    name: 'Add Reactions',
    why: 'to put ✅ 🔁 ❌ under what is decided on',
  },
] as const;

/** For the address by which a server invites us. */
export const invited: bigint = needed.reduce((sum, { bit }) => sum | bit, 0n);

function lacking(permissions: string): (typeof needed)[number][] {
  const has = BigInt(permissions);
  if ((has & PermissionFlagsBits.Administrator) !== 0n) return [];
  return needed.filter(({ bit }) => (has & bit) === 0n);
}

const listed = (missing: ReturnType<typeof lacking>): Field => ({
  name: missing.length === 1 ? 'Missing permission' : 'Missing permissions',
  value: missing.map(({ name }) => name).join(', '),
});

/** Which permissions are missing, and what to do; null where nothing is. */
export function missingCard(permissions: string): Card | null {
  const missing = lacking(permissions);
  if (missing.length === 0) return null;
  return card({
    title: 'I may not work in this channel yet.',
    fields: [listed(missing)],
    text: [
      'Somebody who manages this server can switch that on: Edit Channel, Permissions, Dailies. Then ask again; nothing was begun.',
    ],
  });
}

const onlyToBegin: readonly bigint[] = [
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.CreatePublicThreads,
];

/** What we may no longer do in a thread that was opened, said to whoever does something there; null where nothing. */
export function lostCard(permissions: string): Card | null {
  const missing = lacking(permissions).filter(({ bit }) => !onlyToBegin.includes(bit));
  if (missing.length === 0) return null;
  return card({
    title: 'I heard you, but I may no longer show everything here.',
    fields: [listed(missing)],
    text: [
      'Somebody who manages this server can switch that on again: Edit Channel, Permissions, Dailies. Then what is missing appears by itself.',
    ],
  });
}

/** The same once Discord refused; which one it was, it does not say. */
export const closedCard = card({
  title: 'I was kept out of this channel, so the thread could not be opened.',
  text: [
    `I need: ${needed.map(({ name }) => name).join(', ')}. Somebody who manages this server can switch that on: Edit Channel, Permissions, Dailies. I go on trying.`,
  ],
});

/** Whether a channel of a server is everybody's to see. Everybody's role has the server's id. */
export function everybodySees(
  guild: string,
  roles: readonly APIRole[],
  own: readonly APIOverwrite[],
): boolean {
  const everybody = BigInt(roles.find(({ id }) => id === guild)?.permissions ?? 0);
  if ((everybody & PermissionFlagsBits.Administrator) !== 0n) return true;
  const { allow = 0, deny = 0 } = own.find(({ id }) => id === guild) ?? {};
  return (((everybody & ~BigInt(deny)) | BigInt(allow)) & PermissionFlagsBits.ViewChannel) !== 0n;
}
