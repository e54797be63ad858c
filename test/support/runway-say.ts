import type { ServerResponse } from 'node:http';

export function say(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): undefined {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
