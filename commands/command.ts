import type { KitIntent } from '../src/campaign/brand-kit.ts';
import type { Intent } from '../src/campaign/intent.ts';
import type { ChoiceSource, Question } from '../src/campaign/question.ts';
import type { Offer, Purpose } from '../src/campaign/reference.ts';
import type { Refusal } from '../src/campaign/refusal.ts';

/** One option that every platform can show. A choice names where its values come from. */
export interface Option {
  name: string;
  summary: string;
  kind: 'text' | 'seconds' | 'flag' | 'files' | 'link';
  choices?: ChoiceSource;
  /** What files given to it are for. */
  purpose?: Purpose;
  /** Other spellings in typed text. */
  aliases?: readonly string[];
}

/** What was typed or chosen: free text with options inside, options by name, and files. */
export interface Typed {
  text: string;
  options: Readonly<Record<string, string>>;
  files: readonly Offer[];
  place: string;
  /** The conversation it was typed in, where that is another place. */
  conversation?: string;
}

/** Something to tell, something to ask, something to change for the whole workspace, or what was wrong with it. */
export type Meant =
  | { tell: Intent }
  | { ask: Question }
  | { manage: KitIntent }
  | { refuse: readonly Refusal[] };

/** A slash command, as people see it in the menu. */
export interface Command {
  name: string;
  summary: string;
  /** One line a newcomer can copy. */
  example: string;
  options: readonly Option[];
  read(typed: Typed): Meant;
}
