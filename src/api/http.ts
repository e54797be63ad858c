import type { IncomingMessage, ServerResponse } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Our one HTTP server: health, and stored files by signed link. */
export function answerHttp(parts: { media: Handler; mediaPath: string }): Handler {
  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (path.startsWith(parts.mediaPath)) return parts.media(request, response);
    if (path === '/livez') return answer(response, 200, 'ok');
    return answer(response, 404, 'There is nothing here. Dailies lives in your chat.');
  };
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
