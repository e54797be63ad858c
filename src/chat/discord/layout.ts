import {
  type APIButtonComponent,
  type APIComponentInContainer,
  type APITextDisplayComponent,
  type APIThumbnailComponent,
  ButtonStyle,
  ComponentType,
} from '@discordjs/core';
import { plainly } from '../fitted.ts';
import * as limits from './limits.ts';
import { escaped } from './text.ts';

export type Part = APIComponentInContainer;

/** What is left of a message: Discord counts all texts and all components together. */
export interface Room {
  text: number;
  parts: number;
}

/** One component for the container. */
export const roomOfMessage = (): Room => ({ text: limits.textInMessage, parts: limits.partsInMessage - 1 });

const sizeOf = (part: Part): number =>
  1 + ('components' in part ? part.components.length : 0) + ('accessory' in part && part.accessory ? 1 : 0);

/** Adds it where there is room for it. */
export function place(parts: Part[], part: Part, room: Room): boolean {
  const size = sizeOf(part);
  if (size > room.parts) return false;
  room.parts -= size;
  parts.push(part);
  return true;
}

/** A text, escaped already, that is left out where nothing is in it or no room is left; `reserve` is for others. */
export function words(text: string, room: Room, reserve = 0): APITextDisplayComponent[] {
  const left = room.text - reserve;
  const trimmed = text.trim();
  if (!trimmed || left < 40 || room.parts < 1) return [];
  const content =
    trimmed.length <= left ? trimmed : `${trimmed.slice(0, left - 2).replace(/[\\\uD800-\uDBFF]+$/, '')}…`;
  room.text -= content.length;
  return [{ type: ComponentType.TextDisplay, content }];
}

export const bold = (text: string, most: number): string => {
  const name = escaped(text.replace(/\s+/g, ' '), most);
  return name ? `**${name}**` : '';
};

export const thumbnail = (url: string, alt: string): APIThumbnailComponent => ({
  type: ComponentType.Thumbnail,
  media: { url },
  ...described(alt),
});

/** Pictures or a film, with the words for people who cannot see them. */
export const gallery = (items: readonly { url: string; alt: string }[]): Part => ({
  type: ComponentType.MediaGallery,
  items: items
    .slice(0, limits.picturesInGallery)
    .map(({ url, alt }) => ({ media: { url }, ...described(alt) })),
});

function described(alt: string): { description?: string } {
  const description = plainly(alt, limits.longestAlt);
  return description ? { description } : {};
}

/** As many rows of buttons as there is room for. */
export function rows(parts: Part[], buttons: readonly APIButtonComponent[], room: Room): void {
  for (let at = 0; at < buttons.length; at += limits.buttonsInRow) {
    const some = buttons.slice(at, at + Math.min(limits.buttonsInRow, Math.max(0, room.parts - 1)));
    if (some.length > 0) place(parts, { type: ComponentType.ActionRow, components: some }, room);
  }
}

export const linkButton = (label: string, url: string): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Link,
  label: plainly(label, limits.longestButton) || '…',
  url,
});
