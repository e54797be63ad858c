import { recent } from '../../recent.ts';

const most = 2_000;

/** Where a message of ours stands: a person who was written to is a channel by now. */
interface Echo {
  channel: string;
  ts: string;
}

/** Our own messages as Slack told us of them: where the thread may not be read back, this is how one is found again. */
export function newEchoes() {
  const heard = recent<Echo>(most);
  return {
    hear: heard.set,
    of: heard.get,
  };
}
export type Echoes = ReturnType<typeof newEchoes>;
