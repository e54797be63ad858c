const most = 2_000;

/** Our own messages as Slack told us of them: where the thread may not be read back, this is how one is found again. */
export function newEchoes() {
  const heard = new Map<string, string>();
  return {
    hear(sendKey: string, ts: string): void {
      heard.delete(sendKey);
      heard.set(sendKey, ts);
      const [oldest] = heard.keys();
      if (heard.size > most && oldest !== undefined) heard.delete(oldest);
    },
    of: (sendKey: string): string | undefined => heard.get(sendKey),
  };
}
export type Echoes = ReturnType<typeof newEchoes>;
