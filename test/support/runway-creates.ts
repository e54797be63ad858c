import type { ServerResponse } from 'node:http';
import type { z } from 'zod';
import { type Desk, refuse } from './runway-desk.ts';
import { say } from './runway-say.ts';
import { type RunwayFault, runwayFaults } from './runway-tasks.ts';

type Room = 'text_to_video' | 'image_to_video';

/** Takes an order, or refuses it as Runway would. */
export function create(room: Room, bytes: Buffer, response: ServerResponse, desk: Desk): undefined {
  const body: { model?: string; promptText?: string } = JSON.parse(bytes.toString());
  const fault = desk.service.faults.shift() ?? faultIn(body.promptText ?? '');
  const refusal = fault && refusals[fault];
  if (refusal) return refuse(response, desk, refusal.status, refusal.body, refusal.headers);
  if (fault === 'drop') {
    response.socket?.destroy();
    return;
  }
  const schemas: Record<string, z.ZodType> = desk.bodies[room];
  const schema = Object.hasOwn(schemas, body.model ?? '') ? schemas[body.model ?? ''] : undefined;
  if (!schema) return refuse(response, desk, 403, { error: `Model variant ${body.model} is not available` });
  const { success, error } = schema.safeParse(body);
  if (!success) {
    const issues = error?.issues.map(({ code, path, message }) => ({ code, path, message }));
    return refuse(response, desk, 400, { error: 'Validation of body failed', issues });
  }
  const { id, estimate } = desk.book.accept(body as { model: string }, fault);
  const told = { id, estimatedCost: { credits: estimate } };
  const odd = fault && oddly[fault];
  if (odd) odd(response, told, desk);
  else say(response, 200, told);
}

type Say = (response: ServerResponse, body: object, desk: Desk) => void;

/** How an accepted order is answered, where that is not as it should be. */
const oddly: Partial<Record<RunwayFault, Say>> = {
  'accept-then-drop': (response) => response.socket?.destroy(),
  'accept-then-down': (response) => say(response, 502, { error: 'Bad gateway' }),
  hang: () => {},
  stall: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 }).write('{"id":');
  },
  'wrong-body': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>');
  },
  slow: (response, body, { options }) => {
    setTimeout(() => say(response, 200, body), options.slow);
  },
};

const refusals: Partial<
  Record<RunwayFault, { status: number; body: object; headers?: Record<string, string> }>
> = {
  'bad-key': { status: 401, body: { error: 'The API key was not found.' } },
  forbidden: { status: 403, body: { error: 'Your organization is suspended.' } },
  busy: { status: 429, body: { error: 'Too many requests.' }, headers: { 'retry-after': '7' } },
  down: { status: 503, body: { error: 'Shedding load.' } },
  moderated: { status: 400, body: { error: 'The prompt was rejected by content moderation.' } },
  'no-credit': { status: 400, body: { error: 'You do not have enough credits to run this task.' } },
  gone: { status: 404, body: { error: 'Not found' } },
  redirect: { status: 307, body: {}, headers: { location: '/v1/text_to_video' } },
};

const faultIn = (prompt: string): RunwayFault | null =>
  runwayFaults.find((fault) => new RegExp(`runway:${fault}(?![\\w-])`).test(prompt)) ?? null;
