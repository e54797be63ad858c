import { WebClient, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import { Never } from '../../errors.ts';
import { inOurWords } from './trouble.ts';

/** A workspace we are installed in, and what we are there. */
export interface Installed {
  team: string;
  token: string;
  bot: string;
  botUser: string;
  /** Milliseconds; an older event about this workspace is about an earlier installation. */
  at: number;
}

/** Where tokens come from. Null: we are not installed there (any more). Throws TryLater where nobody can say now. */
export interface Installs {
  of(team: string): Promise<Installed | null>;
  /** The token is worthless: it is deleted where it is ours to delete. */
  forget(team: string): Promise<void>;
}

const Identity = z.object({
  team_id: z.string(),
  team: z.string().default(''),
  bot_id: z.string(),
  user_id: z.string(),
});

export interface Identified extends Installed {
  /** What people call the workspace. */
  name: string;
  /** What the token may do; null where Slack did not say. */
  scopes: string[] | null;
}

/** The one workspace of a token from the environment. Asked of Slack once; a failure is not remembered. */
export function ownToken(token: string, options: WebClientOptions, pause: number) {
  let known: Promise<Identified> | null = null;
  const client = new WebClient(token, options);

  async function ask(): Promise<Identified> {
    const answer = await client.auth.test().catch((error: unknown) => {
      throw inOurWords(error, 'auth.test', pause);
    });
    // A person's own token (xoxp-…) belongs to no bot.
    if (!answer.bot_id) throw new Never('not_allowed_token_type', 'auth.test: no bot');
    const { team_id: team, team: name, bot_id: bot, user_id: botUser } = Identity.parse(answer);
    const scopes = answer.response_metadata?.scopes ?? null;
    return { team, name, token, bot, botUser, at: 0, scopes };
  }

  const identify = (): Promise<Identified> => {
    known ??= ask().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  return {
    identify,
    async of(team: string): Promise<Installed | null> {
      const own = await identify();
      return own.team === team ? own : null;
    },
    forget: async () => {
      known = null;
    },
  };
}

/** Asks one after the other; the first that knows the workspace serves it. */
export const anyOf = (sources: readonly Installs[]): Installs => ({
  async of(team) {
    for (const source of sources) {
      const found = await source.of(team);
      if (found) return found;
    }
    return null;
  },
  async forget(team) {
    for (const source of sources) await source.forget(team);
  },
});
