const most = 2_000;

/** Where a message of ours stands: a person who was written to is a channel by now. */
interface Echo {
  channel: string;
  ts: string;
}

/** Our own messages as Slack told us of them: where the thread may not be read back, this is how one is found again. */
export function newEchoes() {
  const heard = new Map<string, Echo>();
  return {
    hear(sendKey: string, echo: Echo): void {
      heard.delete(sendKey);
      heard.set(sendKey, echo);
      const [oldest] = heard.keys();
      if (heard.size > most && oldest !== undefined) heard.delete(oldest);
    },
    of: (sendKey: string): Echo | undefined => heard.get(sendKey),
  };
}
export type Echoes = ReturnType<typeof newEchoes>;
