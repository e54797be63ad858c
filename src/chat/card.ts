import type { Intent } from '../campaign/intent.ts';

/** A file of ours on a card; a platform uploads it, links it or opens it. */
export interface CardFile {
  key: string;
  sha256: string;
  bytes: number;
  mime: string;
  /** What it is, for people who cannot see it, and as a file name's beginning. */
  title: string;
}

/** `does` is sent to `tell` when pressed; `asks` first asks the person for one line, which fills `words`. */
export interface Button {
  label: string;
  style: 'primary' | 'danger' | 'plain';
  does: Intent;
  asks?: { title: string; label: string };
}

/** Several pictures of which one is chosen. */
export interface Choice {
  label: string;
  image: CardFile;
  does: Intent;
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
  /** Paragraphs, in order. */
  text: readonly string[];
  fields: readonly { name: string; value: string }[];
  images: readonly CardFile[];
  film: CardFile | null;
  progress: readonly Progress[];
  choices: readonly Choice[];
  buttons: readonly Button[];
  /** Small print under the card. */
  footer: string;
}

/** A card with only what is given. */
export const card = (given: Partial<Card> & { title: string }): Card => ({
  text: [],
  fields: [],
  images: [],
  film: null,
  progress: [],
  choices: [],
  buttons: [],
  footer: '',
  ...given,
});
