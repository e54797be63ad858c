import type { Consent } from './doors.ts';

/** What a browser shows in the end. */
export interface Shown {
  status: number;
  text: string;
}

/**
 * A person installs the app with a browser: the app's page, Slack's consent, back to the app, with its cookies.
 * The way back leads to the origin the app's page came from, whatever host the app is known by outside.
 */
export async function installs(
  page: string,
  who: Consent,
  consents: (who: Consent) => void,
  authorizeUrl: string,
): Promise<Shown> {
  consents(who);
  const first = await fetch(page, { redirect: 'manual' });
  const text = await first.text();
  const cookie = first.headers.getSetCookie().map((each) => each.split(';')[0]);
  const link = first.headers.get('location') ?? /href="([^"]*oauth\/v2\/authorize[^"]*)"/.exec(text)?.[1];
  if (!link) return { status: first.status, text };
  const asked = new URL(link.replaceAll('&amp;', '&'));
  if (!asked.href.startsWith(authorizeUrl)) throw new Error(`not Slack's consent page: ${asked.href}`);
  const consent = await fetch(asked, { redirect: 'manual' });
  const back = consent.headers.get('location');
  if (!back) return { status: consent.status, text: await consent.text() };
  const { pathname, search } = new URL(back);
  const last = await fetch(new URL(pathname + search, page), {
    redirect: 'manual',
    headers: { cookie: cookie.join('; ') },
  });
  return { status: last.status, text: await last.text() };
}
