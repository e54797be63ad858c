import { createHash } from 'node:crypto';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import { Never } from '../../errors.ts';
import type { Doors, Keep } from '../chat.ts';
import type { Installed } from './installed.ts';
import { inOurWords, isDead } from './trouble.ts';

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
  /** The app was removed while this was its token: another one ends it. */
  suspended: boolean;
}

interface Parts {
  options: WebClientOptions;
  /** Milliseconds before another try. */
  pause: number;
  keep: Keep;
  clock: () => number;
  /** Null while nobody listens. */
  doors: () => Pick<Doors, 'resume'> | null;
}

/** By its fingerprint, the token that serves a workspace, and since when; `gone`: the app was removed under it. */
const Serving = z.object({ print: z.string(), at: z.number(), gone: z.boolean() });
type Serving = z.infer<typeof Serving>;

const keyOf = (team: string) => `own/${team}`;
const printOf = (token: string) => createHash('sha256').update(token).digest('base64url').slice(0, 22);

/**
 * The one workspace of a token from the environment. Asked of Slack once; a failure is not remembered. A token that
 * was not seen before is a new installation: a workspace that was suspended is served again, and what Slack still
 * tells of the removal before concerns it no more.
 */
export function ownToken(token: string, { options, pause, keep, clock, doors }: Parts) {
  const print = printOf(token);
  let known: Promise<Omit<Identified, 'suspended'>> | null = null;
  const client = new WebClient(token, options);
  const serving = async (team: string): Promise<Serving | null> =>
    Serving.safeParse(await keep.get(keyOf(team))).data ?? null;

  async function ask() {
    const answer = await client.auth.test().catch((error: unknown) => {
      throw inOurWords(error, 'auth.test', pause);
    });
    // A person's own token (xoxp-…) belongs to no bot.
    if (!answer.bot_id) throw new Never('not_allowed_token_type', 'auth.test: no bot');
    const { team_id: team, team: name, bot_id: bot, user_id: botUser } = Identity.parse(answer);
    const at = await since(team);
    return { team, name, token, bot, botUser, at, scopes: answer.response_metadata?.scopes ?? null };
  }

  /** Since when this token serves; from now on, where it is new and somebody listens. */
  async function since(team: string): Promise<number> {
    const before = await serving(team);
    if (before?.print === print) return before.at;
    const at = clock();
    const open = doors();
    if (!open) return at;
    await open.resume({ id: `token/${print}/${at}`, workspace: team });
    await keep.put(keyOf(team), { print, at, gone: false });
    return at;
  }

  const identify = (): Promise<Omit<Identified, 'suspended'>> => {
    known ??= ask().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  const of = async (team: string): Promise<Installed | null> => {
    const own = await identify();
    return own.team === team ? own : null;
  };
  return {
    async identify(): Promise<Identified> {
      const own = await identify();
      const before = await serving(own.team);
      return { ...own, suspended: before?.print === print && before.gone };
    },
    of,
    /** Null where it serves another workspace, or none any more. */
    async installedAt(team: string): Promise<number | null> {
      const own = await of(team).catch((error: unknown) => {
        if (isDead(error)) return null;
        throw error;
      });
      return own?.at ?? null;
    },
    async forget(team: string): Promise<void> {
      const before = await serving(team);
      if (before?.print !== print) return;
      await keep.put(keyOf(team), { ...before, gone: true });
      known = null;
    },
  };
}
