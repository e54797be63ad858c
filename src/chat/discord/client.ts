import { API } from '@discordjs/core';
import { DiscordAPIError, REST, type RESTOptions, type ResponseLike } from '@discordjs/rest';
import { TryLater } from '../../errors.ts';
import type { Pace, Turn } from '../../queue/pace.ts';
import type { Guard } from '../chat.ts';
import { inOurWords } from './trouble.ts';

/**
 * Discord's API at the pace it allows. `guard` is awaited last of all. Errors: TryLater and Never, the former with
 * `sent` where it may have been done.
 */
export type Call = <T>(
  ask: (api: API) => Promise<T>,
  turns?: readonly Turn[],
  guard?: Guard | undefined,
) => Promise<T>;

export interface Client {
  rest: REST;
  /** Without a pace of ours: answers to what people do are outside Discord's common limit. */
  api: API;
  call: Call;
  /** The same with time for large files. */
  upload: Call;
}

interface ClientParts {
  token: string;
  /** Where Discord is, if not at its own address. */
  apiUrl: string | undefined;
  pace: Pace;
  /** The token is not accepted (any more). */
  refused(): void;
}

const quick = 15_000;
const patient = 120_000;

/** Discord allows fifty requests a second in all; some are left to what is not paced. */
const everyone: Turn = { key: 'discord/all', every: 25, burst: 40 };

/** The library's own way hands a form to whatever undici is the process's, which refuses one of another version. */
const makeRequest: RESTOptions['makeRequest'] = async (url, { dispatcher: _, ...init }) =>
  (await fetch(url, init as RequestInit)) as unknown as ResponseLike;

/**
 * Every request is one attempt, with an end: the library would send a slow upload four times. Being told to wait is an
 * error of that request, where the library would sleep on it.
 */
export function clientOf({ token, apiUrl, pace, refused }: ClientParts): Client {
  const restFor = (timeout: number): REST =>
    new REST({
      ...(apiUrl ? { api: apiUrl.replace(/\/+$/, '') } : {}),
      retries: 0,
      timeout,
      rejectOnRateLimit: () => true,
      makeRequest,
    }).setToken(token);

  const callWith = (api: API): Call => {
    return async (ask, turns = [], guard = undefined) => {
      const wait = turns.length > 0 ? await pace.take(turns) : 0;
      if (wait > 0) throw new TryLater('Discord has to wait', { delay: wait, sent: false });
      await inTurn();
      await guard?.();
      try {
        return await ask(api);
      } catch (error) {
        if (error instanceof DiscordAPIError && error.status === 401) refused();
        throw inOurWords(error);
      }
    };
  };

  /** Waited for here: what takes several requests would never come to its end by being sent back. */
  async function inTurn(): Promise<void> {
    for (;;) {
      const wait = await pace.take([everyone]);
      if (wait === 0) return;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  const rest = restFor(quick);
  const api = new API(rest);
  return { rest, api, call: callWith(api), upload: callWith(new API(restFor(patient))) };
}
