import type { Intent } from '../campaign/intent.ts';
import type { Approvers } from '../campaign/policy.ts';

/** A file of ours on a card; a platform uploads it, links it or opens it. */
export interface CardFile {
  key: string;
  sha256: string;
  bytes: number;
  mime: string;
  /** What it is, for people who cannot see it, and as a file name's beginning. */
  title: string;
  /** The platform's own word for the file that somebody brought and this was made from. */
  attachment?: string;
}

/**
 * `does` is sent to `tell` when pressed; `asks` first asks the person for some words, which fill `words`. Its `value`
 * is what stands there to be edited.
 */
export interface Button {
  label: string;
  style: 'primary' | 'danger' | 'plain';
  does: Intent;
  asks?: { title: string; label: string; value?: string };
}

/** `people` and `groups` are named as the platform names them, before the `value`; `quiet`: and need not be called. */
export interface Field extends Partial<Approvers> {
  name: string;
  value: string;
  quiet?: true;
}

/** One of several values that goes into the property `fills` of what is sent to `tell`. */
export interface Menu {
  label: string;
  does: Intent;
  fills: string;
  options: readonly { value: string; label: string }[];
  chosen: string;
}

/** One line of a list on a card, with what can be done to it. */
export interface Item {
  title: string;
  text: string;
  image: CardFile | null;
  /** Where it is discussed, for a link. */
  place: string | null;
  menu: Menu | null;
  buttons: readonly Button[];
}

/** Several pictures of which one is chosen. `does` is null where it cannot be any more. */
export interface Choice {
  label: string;
  image: CardFile;
  does: Intent | null;
  chosen: boolean;
}

export interface Progress {
  label: string;
  /** 0 to 1; null while nobody can know. */
  fraction: number | null;
  state: 'waiting' | 'running' | 'done' | 'failed';
}

/**
 * What is said, laid out for no platform. Text is plain: adapters escape it. A card with a `film` is a file in
 * the conversation and never changes it.
 */
export interface Card {
  title: string;
  /** Texts that belong beside each other, where there is room. */
  columns: readonly { name: string; text: string }[];
  /** Paragraphs, in order. */
  text: readonly string[];
  fields: readonly Field[];
  items: readonly Item[];
  images: readonly CardFile[];
  film: CardFile | null;
  /** A film to be opened where it is kept, where people can reach us there. */
  link: CardFile | null;
  progress: readonly Progress[];
  choices: readonly Choice[];
  buttons: readonly Button[];
  /** Small print under the card. */
  footer: string;
}

/** A card with only what is given. */
export const card = (given: Partial<Card> & { title: string }): Card => ({
  columns: [],
  text: [],
  fields: [],
  items: [],
  images: [],
  film: null,
  link: null,
  progress: [],
  choices: [],
  buttons: [],
  footer: '',
  ...given,
});
