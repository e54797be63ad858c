import type { WebClientOptions } from '@slack/web-api';
import type { Log } from '../../log.ts';

type Logger = NonNullable<WebClientOptions['logger']>;

/** The SDK's voice in our log. Its lines may quote payloads, so only that it complained is passed on. */
export const quietly = (log: Log): Logger => {
  const level = 'error' as ReturnType<Logger['getLevel']>;
  return {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (...said) => log.error('slack sdk', { said: said.map(firstWords) }),
    setLevel: () => {},
    getLevel: () => level,
    setName: () => {},
  };
};

const firstWords = (said: unknown): string => String(said instanceof Error ? said.name : said).slice(0, 120);
