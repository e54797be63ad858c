import type { Handler } from '../api/http.ts';
import type { Campaign } from '../campaign/campaign.ts';
import type { Catalogue } from '../campaign/model.ts';
import type { Chats, Doors, Holds, Keep } from '../chat/chat.ts';
import type { Point } from '../engine/carry-out.ts';
import type { Engine } from '../engine/engine.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { Pace } from '../queue/pace.ts';
import type { Storage } from '../storage/storage.ts';

/** What a process does: hear people, do the work, or both. */
export const roles = ['all', 'chat', 'worker'] as const;
export type Role = (typeof roles)[number];

/** What a platform is built from. */
export interface House {
  storage: Storage;
  /** What the platform of this name must remember. */
  keep(platform: string): Keep;
  /** What one process at a time may do, by the name of its platform. */
  holds(platform: string): Holds;
  pace: Pace;
  clock: () => number;
  log: Log;
}

/** What both wirings hand out: the program, started. */
export interface App<Platforms extends Chats = Chats> {
  engine: Engine;
  journal: Journal;
  storage: Storage;
  catalogue: Catalogue;
  /** Names of the providers that have a key. */
  connected: readonly string[];
  chats: Platforms;
  /** Our HTTP server's handler: health, stored files by signed link, and what platforms mount. */
  answer: Handler;
  /** Lets a platform hear people; what it serves over HTTP is mounted, and it is stopped with the app. */
  listen(platform: string): Promise<void>;
  /** The doors as a platform of this name is handed them. */
  doorsFor(platform: string): Doors;
  /** Resolves once the campaign is as asked; rejects after `timeout` milliseconds. */
  until(campaign: string, holds: (campaign: Campaign) => boolean, timeout: number): Promise<Campaign>;
  /** Resolves once a card of the campaign is in its conversation. */
  shown(campaign: string, key: string, timeout: number): Promise<void>;
  /** Resolves once nothing of a stream waits but reminders. */
  idle(stream: string, timeout: number): Promise<void>;
  /** From now on `/readyz` says that nothing more should be sent here. */
  leave(): void;
  stop(): Promise<void>;
}

/** Crash points for tests; nobody else sets them. */
export type At = (point: Point, effect: string) => Promise<void>;
