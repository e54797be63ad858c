import type { ServerResponse } from 'node:http';
import type { bodiesFor } from './runway-bodies.ts';
import { say } from './runway-say.ts';
import type { Book, Life, RunwayFact, RunwayFault } from './runway-tasks.ts';
import type { Uploads } from './runway-uploads.ts';

export interface RunwayOptions {
  /** The one key it knows. */
  apiKey?: string;
  /** Where the log is also kept, a fact a line. */
  file?: string;
  life?: Life;
  /** Milliseconds that a URL of a film lives. */
  urlLife?: number;
  /** Milliseconds before a `slow` answer. */
  slow?: number;
  /** What it delivers. */
  film?: Buffer;
}

export interface RunwayService {
  apiKey: string;
  baseURL: string;
  /** For the guard's list: films come from here. */
  host: string;
  log: readonly RunwayFact[];
  /** What the next creates come to, the first of them first. */
  faults: RunwayFault[];
  /** Statuses with which the next questions about tasks are answered; 0 drops the connection, -1 says nothing. */
  readFaults: number[];
  /** What a task is answered with from now on, in place of the truth. */
  tell: Map<string, object>;
  /** Forgets tasks that were called off, as Runway says it may. */
  forgetful: boolean;
  close(): Promise<void>;
}

/** What every part of the stand-in shares. */
export interface Desk {
  service: RunwayService;
  options: Required<Omit<RunwayOptions, 'file'>>;
  book: Book;
  uploads: Uploads;
  bodies: ReturnType<typeof bodiesFor>;
}

const docUrl = 'https://docs.dev.runwayml.com/api';

/** A no, in Runway's form. */
export function refuse(
  response: ServerResponse,
  { book }: Pick<Desk, 'book'>,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): undefined {
  book.note({ kind: 'refused', status, why: body });
  say(response, status, { ...body, docUrl }, headers);
}
