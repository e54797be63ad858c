import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Brands, KitIntent } from '../campaign/brand-kit.ts';
import type { Intent } from '../campaign/intent.ts';
import type { Approvers, Policy, PolicyChange } from '../campaign/policy.ts';
import type { ChoiceSource, Question } from '../campaign/question.ts';
import type { Refusal } from '../campaign/refusal.ts';
import type { Verdict, Who } from '../campaign/review.ts';
import type { Card } from './card.ts';
import type { KitLine } from './compose-kits.ts';
import type { Ways } from './ways.ts';

/** Something a person asked through a platform, before anything was decided. */
export interface Incoming {
  /** The platform's own id of this event: the same id is answered once and does nothing twice. */
  id: string;
  workspace: string;
  person: string;
  /** Where the campaign is found: by its conversation, or by the id a button carries. */
  at: { place: string } | { campaign: string };
  intent: Intent;
  /** Whom to tell where it goes on: kept under `askerKey` in the commit that opens a campaign, and in no other. */
  asker?: object;
  /** The key under which the platform kept it until now: dropped in the commit, if it comes to one. */
  kept?: string;
}

export interface Asked {
  workspace: string;
  person: string;
  /** Where they ask: only what concerns them there is told. Null asks for all there is. */
  place: string | null;
  /** Everybody reads the answer: only what lives where everybody may look is told, and of that nothing private. */
  isOpen?: (place: string) => Promise<boolean>;
  /** What people can do on this platform, for the help; left out, what is typed at a keyboard. */
  ways?: Ways;
  question: Question;
}

export interface Suggestion {
  value: string;
  label: string;
}

/** What a person is told at once, if anything, and the campaign that was spoken to. */
interface Told {
  answer: Card | null;
  /** The "no" that the answer says, for a form that shows it at one of its inputs. */
  refusal: Refusal | null;
  campaign: string | null;
}

/** `place`: its conversation, if that is open. */
export interface Video {
  campaign: string;
  title: string;
  place: string | null;
}

/** What somebody has going on in a place, as they speak there beside all conversations. */
export interface AtHand {
  /** The one that is meant; null: what is said begins one. */
  meant: Video | null;
  /** All that may be meant, the one that is first. */
  among: readonly Video[];
  /** The last one that was spoken to, where all have rested too long to be meant; null otherwise. */
  resting: Video | null;
}

/** A verdict given by a sign on a message of ours. */
interface Sign {
  /** The platform's own id of this event, as in `Incoming`. */
  id: string;
  workspace: string;
  person: string;
  /** The conversation of the message, or the place that holds it. */
  place: string;
  message: string;
  verdict: Verdict;
}

/** The doors a platform is handed. `tell` resolves after the commit: acknowledging before is losing. */
export interface Doors {
  tell(incoming: Incoming): Promise<Told>;
  /**
   * Votes as the buttons of that card do. `unknown`: no card is known by that message, or not yet; `nothing`: its
   * card takes no verdict. `place`: where that card is, which may be in a conversation inside the place of the sign.
   */
  react(sign: Sign): Promise<(Told & { place: string }) | 'unknown' | 'nothing'>;
  /** The messages of this platform that wait for a verdict. */
  reviews(): Promise<{ workspace: string; place: string; message: string }[]>;
  /** The campaign of this workspace that lives in the conversation. */
  campaignAt(workspace: string, place: string): Promise<string | null>;
  /** The campaign that something incoming opened, by its id; its conversation may not be open yet. */
  openedBy(workspace: string, incoming: string): Promise<string | null>;
  /**
   * The campaign that is meant by what somebody says in this place beside all conversations: the one they spoke to
   * last, of those that go on there and were not at rest for a day. What was said before is meant for the one that it
   * was told to.
   */
  atHand(said: Pick<Incoming, 'id' | 'workspace' | 'person'> & { place: string }): Promise<AtHand>;
  /** The tenant has gone: what runs is cancelled, and nothing is begun until it is `resume`d. Idempotent by `id`. */
  suspend(leaving: { id: string; workspace: string }): Promise<void>;
  resume(coming: { id: string; workspace: string }): Promise<void>;
  /**
   * `gone`: suspended, on whichever platform. `here`: this platform keeps something of them, or has a conversation of
   * theirs, and they are not gone, or only half: something of theirs is open, and wants another `suspend`.
   */
  tenants(which: 'here' | 'gone'): Promise<string[]>;
  ask(asked: Asked): Promise<Card[]>;
  suggest(source: ChoiceSource, typed: string): Suggestion[];
  /** Campaigns that still take something in and concern this person there, the most recently changed first. */
  running(by: Pick<Incoming, 'workspace' | 'person'> & { place: string }): Promise<Suggestion[]>;
  /** Whether this campaign would be one of them, or is over. */
  concerns(
    by: Pick<Incoming, 'workspace' | 'person'> & { place: string; campaign: string },
  ): Promise<boolean>;
  /** The prompt as it is worded now, exactly; '' where there is none. */
  promptOf(of: { workspace: string; campaign: string }): Promise<string>;
  /** What stands on somebody's own page. `who`: as the platform's, with whoever is named in what is to be decided. */
  home(asked: { workspace: string; person: string; who: (named: Approvers) => Promise<Who> }): Promise<Home>;
  /** A wish about how the workspace wants things done. Only whoever manages it may have one. Idempotent by `id`. */
  manage(wish: Wish): Promise<Refusal | null>;
  /** The same about a brand kit; `answer` says what came of it. */
  brand(wish: BrandWish): Promise<{ answer: Card; refusal: Refusal | null }>;
  /** The brand kits of a workspace, by name, and the usual one's id. */
  brands(workspace: string): Promise<Brands>;
  /**
   * Asks for what was written in the campaigns that somebody began, or with null everybody, to be forgotten where they
   * are over. Resolves after the commit; it is done afterwards, whatever happens. Idempotent by `id`.
   */
  forget(asked: { id: string; workspace: string; person: string | null }): Promise<void>;
  /** What somebody may still spend today; micro-dollars. */
  allowance(asked: { workspace: string; person: string }): Promise<{ left: number; cap: number }>;
  keep: Keep;
}

interface Home {
  cards: Card[];
  kits: KitLine[];
  policy: Policy;
  who: Who;
}

interface BrandWish extends Omit<Wish, 'change'> {
  intent: KitIntent;
}

interface Wish {
  id: string;
  workspace: string;
  person: string;
  who: Who;
  change: PolicyChange;
}

/** What a platform must remember between starts, under its own name. */
export interface Keep {
  get(key: string): Promise<unknown>;
  /** `workspace`: whose it is, and with whom it is forgotten; left out, it stays whose it was. */
  put(key: string, value: unknown, workspace?: string): Promise<void>;
  /** The keys that begin so. */
  list(beginning: string): Promise<string[]>;
  /** Gets it and forgets it in one step: of two who ask, one gets it. */
  take(key: string): Promise<unknown>;
}

/** What one process at a time may do, such as hearing what one shard of a platform says. */
export interface Holds {
  /** Takes it or prolongs it; false where another process has it. */
  take(name: string): Promise<boolean>;
  letGo(name: string): Promise<void>;
  /** Milliseconds after which what is not taken again is free. */
  lease: number;
}

/** What answers HTTP requests whose path begins with the key. */
export type Routes = Readonly<
  Record<string, (request: IncomingMessage, response: ServerResponse) => void | Promise<void>>
>;

export interface Listening {
  routes: Routes;
  stop(): Promise<void>;
}

/**
 * `ambiguous`: perhaps it arrived; look with `find` before sending again. `rest`: so many milliseconds later more of it
 * can be shown.
 */
export type ShowResult =
  | { kind: 'shown'; message: string; rest?: number | undefined }
  | { kind: 'gone' }
  | { kind: 'ambiguous' };

export interface Showing {
  place: string;
  key: string;
  /** Whose card it is: buttons name it. */
  campaign: string;
  card: Card;
  /** The message that shows this key already, to be edited; null makes a new one. */
  known: string | null;
  /** Travels with a new message, so that `find` can tell whether it arrived. */
  sendKey: string;
  /** When this attempt began, milliseconds: tells it from all others under its key, in whichever process. */
  since?: number;
  guard?: Guard;
}

/**
 * To be awaited right before a new message leaves: nobody else may send it. Throws TryLater with `sent: false` where
 * that is not sure.
 */
export type Guard = () => Promise<void>;

/** The platforms that are connected, by the name their places begin with. */
export type Chats = Readonly<Record<string, Chat>>;

/** A chat platform is these six verbs, none optional. Errors: TryLater and Never only. */
export interface Chat {
  /** The prefix of every place of this platform, e.g. `terminal`. */
  name: string;
  listen(doors: Doors): Promise<Listening>;
  /** Opens a conversation in a place; idempotent by `root`. Resolves to the conversation's place. */
  open(place: string, title: string, root: string, guard?: Guard): Promise<string>;
  show(showing: Showing): Promise<ShowResult>;
  /** The message sent under this key, last at `since`; `absent` only where that is proven. */
  find(place: string, sendKey: string, since?: number): Promise<{ message: string } | 'absent' | 'unknown'>;
  /** The bytes of a file a person attached; `attachment` is this platform's own word for it. */
  fetch(attachment: string): Promise<Readable>;
  /**
   * Fails closed: TryLater when it cannot be known, never a guess. `named`: the groups that matter, so that no other
   * trouble stands in the way of an answer, left out, all; and the people of whom a manager has to know whether they
   * can decide.
   */
  who(person: string, place: string, named?: Approvers): Promise<Who>;
}
