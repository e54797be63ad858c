import { createHash } from 'node:crypto';

export interface Limit {
  requests: number;
  /** Real milliseconds. */
  per: number;
}

/** Requests per route and channel, server or token; a route that is not named has `usual`. */
export interface Limits {
  global: Limit;
  usual: Limit;
  routes: Record<string, Limit>;
}

export const usualLimits: Limits = {
  global: { requests: 50, per: 1000 },
  usual: { requests: 50, per: 1000 },
  routes: {},
};

export interface Passage {
  headers: Record<string, string>;
  /** Seconds to wait; null where the request may pass. */
  wait: { seconds: number; global: boolean } | null;
}

/** Counts in real time, because the libraries wait in real time. */
export function openPace(limits: Limits) {
  const windows = new Map<string, { count: number; until: number }>();

  function count(key: string, { requests, per }: Limit) {
    const now = performance.now();
    const known = windows.get(key);
    const window = known && known.until > now ? known : { count: 0, until: now + per };
    windows.set(key, window);
    window.count += 1;
    return { left: requests - window.count, seconds: (window.until - now) / 1000 };
  }

  /** `exempt`: does not count for the whole bot. */
  return (route: string, major: string, exempt: boolean): Passage => {
    const limit = limits.routes[route] ?? limits.usual;
    const all = exempt ? null : count('*', limits.global);
    const { left, seconds } = count(`${route}:${major}`, limit);
    const headers = {
      'x-ratelimit-limit': String(limit.requests),
      'x-ratelimit-remaining': String(Math.max(0, left)),
      'x-ratelimit-reset': (Date.now() / 1000 + seconds).toFixed(3),
      'x-ratelimit-reset-after': seconds.toFixed(3),
      'x-ratelimit-bucket': createHash('md5').update(route).digest('hex'),
    };
    if (all && all.left < 0) return { headers, wait: { seconds: all.seconds, global: true } };
    return { headers, wait: left < 0 ? { seconds, global: false } : null };
  };
}
