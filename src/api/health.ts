import type { Handler } from './http.ts';

/** What must answer for us to be of use, by name; a check rejects where it does not. */
export type Checks = Readonly<Record<string, () => Promise<unknown>>>;

const patience = 2_000;

/** Says whether we can do our work just now: 200, or 503 and what is amiss. */
export const readiness =
  (checks: Checks): Handler =>
  async (_request, response) => {
    const found = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await wellness(check)] as const),
    );
    const ready = found.every(([, says]) => says === 'ok');
    response.writeHead(ready ? 200 : 503, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    response.end(`${JSON.stringify({ ready, ...Object.fromEntries(found) })}\n`);
  };

async function wellness(check: () => Promise<unknown>): Promise<'ok' | 'fails' | 'silent'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silent'>((resolve) => {
    timer = setTimeout(() => resolve('silent'), patience);
  });
  const asked = check().then(
    () => 'ok' as const,
    () => 'fails' as const,
  );
  return Promise.race([asked, silence]).finally(() => clearTimeout(timer));
}
