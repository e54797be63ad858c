import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Desk } from './runway-desk.ts';
import { say } from './runway-say.ts';
import type { RunwayTask } from './runway-tasks.ts';

/** Answers a question about a task, or a wish to be rid of it. */
export function tell(method: string, id: string, response: ServerResponse, desk: Desk): undefined {
  const { service, book } = desk;
  const status = service.readFaults.shift();
  if (status === -1) return;
  if (status === 0) {
    response.socket?.destroy();
    return;
  }
  if (status) return say(response, status, { error: 'as asked' });
  const task = book.tasks.get(id);
  if (!task) return say(response, 404, { error: 'Task not found.' });
  if (method === 'GET') return say(response, 200, service.tell.get(id) ?? shown(task, desk));
  book.remove(task);
  if (service.forgetful) book.tasks.delete(id);
  response.writeHead(204).end();
}

function shown(task: RunwayTask, { book, options, service }: Desk): object {
  const { id, estimate, ended } = task;
  const common = { id, createdAt: new Date(task.at).toISOString() };
  if (!ended) {
    const waited = Date.now() - task.at;
    const estimatedCost = { credits: estimate };
    if (waited < book.life.queue) return { ...common, estimatedCost, status: 'PENDING' };
    const progress = (waited - book.life.queue) / book.life.run;
    return { ...common, estimatedCost, status: 'RUNNING', progress };
  }
  const { status, failureCode } = ended;
  const cost = { credits: ended.credits };
  if (status === 'FAILED') return { ...common, cost, status, failure: 'It did not work out.', failureCode };
  if (status === 'CANCELLED') return { ...common, cost, status };
  task.urls += 1;
  const until = Date.now() + options.urlLife;
  const output = [`${service.baseURL}/files/${id}.mp4?n=${task.urls}&until=${until}&_jwt=secret`];
  return { ...common, cost, status, output };
}

/** The film, from URLs that die. */
export function deliver(request: IncomingMessage, response: ServerResponse, desk: Desk): undefined {
  const { film } = desk.options;
  const { pathname, searchParams } = new URL(request.url ?? '', desk.service.baseURL);
  const task = desk.book.tasks.get(pathname.slice('/files/'.length, -'.mp4'.length));
  const isFirst = searchParams.get('n') === '1';
  const isDead =
    task?.fault === 'dead-urls' ||
    (task?.fault === 'dead-url' && isFirst) ||
    Number(searchParams.get('until')) <= Date.now();
  if (!task || isDead) return say(response, 403, { error: 'Forbidden' });
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': film.length });
  if (task.fault === 'cut-short') {
    response.write(film.subarray(0, film.length / 2), () => response.socket?.destroy());
    return;
  }
  response.end(film);
  desk.book.note({ kind: 'delivered', task: task.id, bytes: film.length });
}
