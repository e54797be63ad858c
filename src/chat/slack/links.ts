import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Call } from './client.ts';
import { spotOf } from './places.ts';

/** Leads on to the workspace that whoever follows it used last, which is the right one for most. */
const anywhere = 'https://slack.com/';

/** The address of a place, for people. */
export type Link = (place: string) => string | null;

const linkBelow =
  (home: string): Link =>
  (place) => {
    if (!place.startsWith('slack:')) return null;
    const { channel, thread } = spotOf(place);
    const message = thread === null ? '' : `/p${thread.replace('.', '')}?thread_ts=${thread}&cid=${channel}`;
    return new URL(`/archives/${channel}${message}`, home).href;
  };

export const linkTo = linkBelow(anywhere);

const Home = z.object({ url: z.url({ protocol: /^https$/ }) });

/** Milliseconds: an answer that has a link in it is not kept waiting for a better one. */
const longestWait = 500;

/** Links into a workspace, below its own address as soon as Slack has told it. */
export interface Links {
  /** With what is known; what is not is asked for meanwhile. */
  now(team: string): Link;
  /** Waits a little for what is not known. */
  soon(team: string): Promise<Link>;
}

export function linksIn(call: (team: string) => Promise<Call>): Links {
  const homes = new Map<string, Promise<string>>();
  const known = new Map<string, string>();

  async function ask(team: string): Promise<string> {
    const told = await (await call(team))('auth.test', {});
    const { url } = Home.parse(told);
    known.set(team, url);
    return url;
  }

  function homeOf(team: string): Promise<string> {
    const asked =
      homes.get(team) ??
      ask(team).catch(() => {
        homes.delete(team);
        return anywhere;
      });
    homes.set(team, asked);
    return asked;
  }

  return {
    now(team) {
      void homeOf(team);
      return linkBelow(known.get(team) ?? anywhere);
    },
    async soon(team) {
      return linkBelow(await Promise.race([homeOf(team), pause(longestWait, anywhere, { ref: false })]));
    },
  };
}
