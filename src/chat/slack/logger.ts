import type { WebClientOptions } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { slackError } from './trouble.ts';

type Logger = NonNullable<WebClientOptions['logger']>;

/**
 * The SDK's voice in our log. Its lines may quote payloads, so only that it complained is passed on; `isTold`: what is
 * told already.
 */
export const quietly = (log: Log, isTold: (said: string) => boolean = () => false): Logger => {
  const level = 'error' as ReturnType<Logger['getLevel']>;
  return {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (...said) => {
      if (!isTold(String(said[0]))) log.error('slack sdk', { said: said.map(firstWords) });
    },
    setLevel: () => {},
    getLevel: () => level,
    setName: () => {},
  };
};

/** Of an error its name and Slack's own word, which is one of a list. */
const firstWords = (said: unknown): string =>
  (said instanceof Error ? [said.name, slackError(said)].filter(Boolean).join(': ') : String(said)).slice(
    0,
    120,
  );
