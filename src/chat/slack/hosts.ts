/** Slack's own hosts, which alone are handed tokens and files. */
export type OwnHosts = (url: URL | null) => url is URL;

const own = /(?:^|\.)(?:slack\.com|slack-files\.com|slack-edge\.com)$/;

/** `apiUrl` is where Slack is reached in tests and behind proxies: that host counts as Slack's, too. */
export function ownHosts(apiUrl: string | undefined): OwnHosts {
  const also = apiUrl ? new URL(apiUrl).host : null;
  return (url): url is URL =>
    url !== null && ((url.protocol === 'https:' && own.test(url.hostname)) || url.host === also);
}
