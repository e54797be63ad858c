import type { Times } from './method.ts';
import { Refused } from './refused.ts';

export interface Trigger {
  user: string;
  at: number;
  used: boolean;
  /** The view it was pressed in. */
  view: string | null;
}

export interface ResponseUrl {
  workspace: string;
  channel: string;
  user: string;
  thread?: string;
  /** The message it came from, which it may replace or delete. */
  message: string | null;
  at: number;
  uses: number;
}

export interface Code {
  workspace: string;
  user: string;
  scopes: string[];
  redirectUri: string;
  at: number;
  used: boolean;
}

const mostUses = 5;
const burst = 10;

/** What expires, is used up or runs out. */
export type Desk = ReturnType<typeof openDesk>;

export function openDesk(times: Times, now: () => number) {
  const triggers = new Map<string, Trigger>();
  const responseUrls = new Map<string, ResponseUrl>();
  const codes = new Map<string, Code>();
  const calls = new Map<string, number[]>();

  /** @throws Refused when it is unknown, older than three seconds or used already. */
  function useTrigger(id: string): Trigger {
    const trigger = triggers.get(id);
    if (!trigger) throw new Refused('invalid_trigger_id');
    if (now() - trigger.at > times.trigger) throw new Refused('expired_trigger_id');
    if (trigger.used) throw new Refused('exchanged_trigger_id');
    trigger.used = true;
    return trigger;
  }

  /** @throws Refused when it is unknown, older than thirty minutes or used five times. */
  function useResponseUrl(id: string): ResponseUrl {
    const url = responseUrls.get(id);
    if (!url || now() - url.at > times.responseUrl) throw new Refused('expired_url');
    if (url.uses >= mostUses) throw new Refused('used_url');
    url.uses += 1;
    return url;
  }

  /** @throws Refused when it is unknown, too old, used already or for another redirect. */
  function useCode(id: string, redirectUri: string | undefined): Code {
    const code = codes.get(id);
    if (!code || code.used || now() - code.at > times.code) throw new Refused('invalid_code');
    if ((redirectUri ?? code.redirectUri) !== code.redirectUri) throw new Refused('bad_redirect_uri');
    code.used = true;
    return code;
  }

  /** Seconds to wait where too many were asked for in this stretch of time, else 0. */
  function tooMany(key: string, most: number, within: number): number {
    const recent = (calls.get(key) ?? []).filter((at) => at > now() - within);
    const oldest = recent[0];
    if (recent.length >= most && oldest !== undefined)
      return Math.max(1, Math.ceil((oldest + within - now()) / 1000));
    calls.set(key, [...recent, now()]);
    return 0;
  }

  /** One message a second in a channel, with short bursts. */
  const tooManyPosts = (key: string) => tooMany(`post ${key}`, burst, burst * times.second);

  return { triggers, responseUrls, codes, useTrigger, useResponseUrl, useCode, tooMany, tooManyPosts };
}
