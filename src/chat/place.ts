import { Never } from '../errors.ts';
import type { Chat, Chats } from './chat.ts';

/** The platform a place belongs to: the word before its first colon. */
export function chatOf(chats: Chats, place: string): Chat {
  const chat = chats[place.split(':')[0] ?? ''];
  if (!chat) throw new Never('platform-absent', `no platform for ${place}`);
  return chat;
}
