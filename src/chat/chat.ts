import type { Readable } from 'node:stream';
import type { Intent } from '../campaign/intent.ts';
import type { ChoiceSource, Question } from '../campaign/question.ts';
import type { Who } from '../campaign/review.ts';
import type { Card } from './card.ts';

/** Something a person asked through a platform, before anything was decided. */
export interface Incoming {
  /** The platform's own id of this event: the same id is answered once and does nothing twice. */
  id: string;
  workspace: string;
  person: string;
  /** Where the campaign is found: by its conversation, or by the id a button carries. */
  at: { place: string } | { campaign: string };
  intent: Intent;
}

export interface Asked {
  workspace: string;
  person: string;
  question: Question;
}

export interface Suggestion {
  value: string;
  label: string;
}

/** The doors a platform is handed. `tell` resolves after the commit: acknowledging before is losing. */
export interface Doors {
  tell(incoming: Incoming): Promise<{ answer: Card | null; campaign: string | null }>;
  ask(asked: Asked): Promise<Card[]>;
  suggest(source: ChoiceSource, typed: string): Suggestion[];
  /** What a platform must remember between starts. */
  keep: {
    get(key: string): Promise<unknown>;
    put(key: string, value: unknown): Promise<void>;
  };
}

/** `ambiguous`: perhaps it arrived; look with `find` before sending again. */
export type ShowResult = { kind: 'shown'; message: string } | { kind: 'gone' } | { kind: 'ambiguous' };

export interface Showing {
  place: string;
  key: string;
  card: Card;
  /** The message that shows this key already, to be edited; null makes a new one. */
  known: string | null;
  /** Travels with a new message, so that `find` can tell whether it arrived. */
  sendKey: string;
}

/** The platforms that are connected, by the name their places begin with. */
export type Chats = Readonly<Record<string, Chat>>;

/** A chat platform is these six verbs, none optional. Errors: TryLater and Never only. */
export interface Chat {
  /** The prefix of every place of this platform, e.g. `terminal`. */
  name: string;
  listen(doors: Doors): Promise<{ stop(): Promise<void> }>;
  /** Opens a conversation in a place; idempotent by `root`. Resolves to the conversation's place. */
  open(place: string, title: string, root: string): Promise<string>;
  show(showing: Showing): Promise<ShowResult>;
  /** The message sent under this key, `absent` only where that is proven. */
  find(place: string, sendKey: string): Promise<{ message: string } | 'absent' | 'unknown'>;
  /** The bytes of a file a person attached; `attachment` is this platform's own word for it. */
  fetch(attachment: string): Promise<Readable>;
  /** Fails closed: TryLater when it cannot be known, never a guess. */
  who(person: string, place: string): Promise<Who>;
}
