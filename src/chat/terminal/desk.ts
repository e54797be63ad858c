import type { Intent } from '../../campaign/intent.ts';
import type { Button, Card, Choice } from '../card.ts';
import { longestHeading } from './limits.ts';
import { clipped, oneLine } from './text.ts';
import type { Entry } from './transcript.ts';

export interface Conversation {
  place: string;
  title: string;
  root: string;
}

/** A card lying on the desk, as it looks now. */
export interface Lying {
  place: string;
  key: string;
  message: string;
  card: Card;
}

type Open = Choice & { does: Intent };
export type Pressable = Button | Open;

/** What can be pressed on a card, in the order of its numbers. */
export const pressables = (card: Card): Pressable[] => [...openIn(card), ...card.buttons];

/** Choices that can still be made: they are numbered first. */
export const openIn = ({ choices }: Card): Open[] =>
  choices.filter((choice): choice is Open => choice.does !== null);

const labels = (card: Card): string => JSON.stringify(pressables(card).map(({ label }) => label));

/** All conversations and their cards, newest last: what a person sees when scrolling up. */
export function newDesk() {
  const conversations: Conversation[] = [];
  const sent = new Map<string, string>();
  let cards: Lying[] = [];
  const cuts = new Map<string, string>();

  function put(lying: Lying): void {
    const before = cards.find(({ message }) => message === lying.message);
    const cut = cutOf(lying.card);
    if (cut) cuts.set(lying.message, cut);
    const isRenewed =
      !before || (labels(before.card) !== labels(lying.card) && pressables(lying.card).length > 0);
    if (isRenewed) cards = [...cards.filter((one) => one !== before), lying];
    else cards = cards.map((one) => (one === before ? lying : one));
  }

  const inPlace = (place: string): Lying[] => cards.filter((one) => one.place === place).reverse();

  return {
    conversations: conversations as readonly Conversation[],
    put,
    add(entry: Entry): void {
      if (entry.did === 'open') conversations.push(entry);
      else put(entry);
      if (entry.did === 'show' && !entry.edit) sent.set(`${entry.place}\n${entry.sendKey}`, entry.message);
    },
    /** The message that was sent under this key. */
    sent: (place: string, sendKey: string): string | undefined => sent.get(`${place}\n${sendKey}`),
    byRoot: (root: string): Conversation | undefined => conversations.find((one) => one.root === root),
    byMessage: (message: string): Lying | undefined => cards.find((one) => one.message === message),
    /** Cards of a place with something to press, newest first. */
    offering: (place: string): Lying[] => inPlace(place).filter(({ card }) => pressables(card).length > 0),
    /** The cut that the newest review card of a place shows, even when it has been decided. */
    newestCut: (place: string): string | undefined =>
      inPlace(place).flatMap(({ message }) => cuts.get(message) ?? [])[0],
    /** `2 · Aurora tea`, or the channel's name. */
    heading(place: string): string {
      const n = conversations.findIndex((one) => one.place === place);
      if (n < 0) return oneLine(place.replace(/^terminal:/, ''));
      return `${n + 1} · ${clipped(oneLine(conversations[n]?.title ?? ''), longestHeading)}`;
    },
  };
}
export type Desk = ReturnType<typeof newDesk>;

function cutOf(card: Card): string | null {
  for (const { does } of card.buttons) if (does.type === 'vote') return does.cut;
  return null;
}
