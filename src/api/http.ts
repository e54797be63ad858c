import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/**
 * Our one HTTP server: health, and whatever is mounted by the beginning of its path, also later. What a route throws is
 * told to `failed`, answered with 500, and ends nothing else.
 */
export function answerHttp(
  routes: Readonly<Record<string, Handler>>,
  failed: (route: string, error: unknown) => void,
): Handler {
  return async (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const route = Object.keys(routes).find((beginning) => path.startsWith(beginning));
    if (route !== undefined) {
      try {
        return await routes[route]?.(request, response);
      } catch (error) {
        failed(route, error);
        if (response.headersSent) return void response.destroy();
        return answer(response, 500, 'That went wrong here. Try again in a moment.');
      }
    }
    if (path === '/livez') return answer(response, 200, 'ok');
    return answer(response, 404, 'There is nothing here. Dailies lives in your chat.');
  };
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

const betweenLooks = 50;

/** Takes no new connection and answers what was asked, within so many milliseconds. */
export async function drained(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is kept alive is idle again after its answer, and nobody else would close it.
  const idle = setInterval(() => server.closeIdleConnections(), betweenLooks);
  const late = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
