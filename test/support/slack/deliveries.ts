import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bag } from './block-kit/shapes.ts';
import type { Times } from './method.ts';
import type { Acked, SocketMode } from './socket-mode.ts';

/** What is sent into the app. */
export interface Parcel {
  /** As Socket Mode names it. */
  type: 'events_api' | 'slash_commands' | 'interactive';
  /** To tell deliveries apart: the event's type, the command, or the interaction's type. */
  name: string;
  payload: Bag;
  answerable: boolean;
}

interface Try {
  at: number;
  via: 'http' | 'socket';
  /** 0 where there was no answer; an acknowledgement over a socket counts as 200. */
  status: number;
  reason: string | null;
  retry: number;
  milliseconds: number;
}

export interface Delivery extends Parcel {
  tries: Try[];
  /** What the app answered with its acknowledgement; null before, or without one. */
  answer: unknown;
  acked: boolean;
  /** Resolves when it was acknowledged or given up. */
  done: Promise<Delivery>;
}

/** `twice`: sent again right after. `hold`: kept back until `release`, as is whoever waits for it. `lose`: never sent. */
export type Twist = 'twice' | 'hold' | 'lose';

export type Deliveries = ReturnType<typeof openDeliveries>;

export interface DeliveryOptions {
  signingSecret: string;
  times: Times;
  now: () => number;
  sockets: SocketMode;
}

/** The way into the app: signed requests, or envelopes where a socket is open; tried again as Slack does. */
export function openDeliveries({ signingSecret, times, now, sockets }: DeliveryOptions) {
  const all: Delivery[] = [];
  const held: { delivery: Delivery; go: () => void }[] = [];
  const copies: Promise<unknown>[] = [];
  const twists: { name: string; twist: Twist; times: number }[] = [];
  const stopped = new AbortController();
  let url: string | null = null;
  let secret = signingSecret;

  function send(parcel: Parcel): Delivery {
    const delivery = { ...parcel, tries: [], answer: null, acked: false } as unknown as Delivery;
    const twist = twistFor(parcel.name);
    const gate =
      twist === 'hold' ? new Promise<void>((go) => held.push({ delivery, go })) : Promise.resolve();
    delivery.done = gate.then(() => (twist === 'lose' ? delivery : carry(delivery)));
    all.push(delivery);
    if (twist === 'twice') copies.push(again(delivery));
    return delivery;
  }

  function twistFor(name: string): Twist | null {
    const found = twists.find((each) => each.times > 0 && (each.name === name || each.name === '*'));
    if (found) found.times -= 1;
    return found?.twist ?? null;
  }

  /** Nothing is sent, or tried again, while the app never told where it listens. */
  const nobodyListens = () => url === null && !sockets.used;

  async function carry(delivery: Delivery): Promise<Delivery> {
    if (nobodyListens()) return delivery;
    const waits = delivery.type === 'events_api' ? [0, ...times.retries] : [0];
    for (let retry = 0; retry < waits.length && !stopped.signal.aborted; retry += 1) {
      if ((waits[retry] ?? 0) > 0) await nap(waits[retry] ?? 0);
      if (stopped.signal.aborted || (await attempt(delivery, retry))) break;
    }
    return delivery;
  }

  const nap = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: stopped.signal }).catch(() => {});

  /** True where no further try may follow. */
  async function attempt(delivery: Delivery, retry: number): Promise<boolean> {
    const at = now();
    const from = performance.now();
    const reason = delivery.tries.at(-1)?.reason ?? null;
    const via = sockets.connections > 0 ? 'socket' : 'http';
    const got = await (via === 'socket'
      ? bySocket(delivery, retry, reason)
      : byHttp(delivery, retry, reason));
    const milliseconds = performance.now() - from;
    delivery.tries.push({ at, via, status: got.status, reason: got.reason, retry, milliseconds });
    if (got.status < 200 || got.status > 299) return got.final;
    // Of several copies the first acknowledgement is the one that people see.
    if (!delivery.acked) delivery.answer = got.answer;
    delivery.acked = true;
    return true;
  }

  async function bySocket(delivery: Delivery, retry: number, reason: string | null): Promise<Got> {
    const { type, payload, answerable } = delivery;
    const acked: Acked = await sockets.send({ type, payload, answerable, retry, reason });
    return acked.acked
      ? { status: 200, reason: null, answer: acked.payload, final: true }
      : { status: 0, reason: acked.reason, answer: null, final: false };
  }

  async function byHttp(delivery: Delivery, retry: number, reason: string | null): Promise<Got> {
    if (!url) return failed('connection_failed');
    const { body, type } = wireOf(delivery);
    const again =
      retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': reason ?? '' } : {};
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': type, ...signature(body, secret), ...again },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(times.ack), stopped.signal]),
      });
      const text = await response.text();
      const good = response.ok;
      const final = good || response.headers.get('x-slack-no-retry') === '1';
      return { status: response.status, reason: good ? null : 'http_error', answer: parsed(text), final };
    } catch (error) {
      return failed((error as Error).name === 'TimeoutError' ? 'http_timeout' : 'connection_failed');
    }
  }

  /** The same once more, as a late or doubled delivery: same ids, and a retry's headers. */
  async function again(delivery: Delivery): Promise<Delivery> {
    await delivery.done;
    await attempt(delivery, Math.max(1, delivery.tries.length));
    return delivery;
  }

  return {
    all: all as readonly Delivery[],
    send,
    again,
    /** Where requests go while no socket is open. */
    to(address: string | null) {
      url = address;
    },
    /** Signs with another secret from now on. */
    sign(other: string) {
      secret = other;
    },
    /** The next deliveries of this name (`*`: of any) go astray in this way. */
    twist(name: string, twist: Twist, count = 1) {
      twists.push({ name, twist, times: count });
    },
    /** What was held back goes out, the latest first unless told otherwise. */
    release(order: 'latest first' | 'as they came' = 'latest first') {
      const waiting = held.splice(0);
      for (const { go } of order === 'latest first' ? waiting.toReversed() : waiting) go();
    },
    /** The latest first, each once the one after it was acknowledged or given up. */
    async releaseInTurn() {
      for (const { delivery, go } of held.splice(0).toReversed()) {
        go();
        await delivery.done;
      }
    },
    /** From now on nothing goes astray. */
    untwist: () => void twists.splice(0),
    /** Resolves when everything sent so far, and what followed from it, was acknowledged or given up. */
    async settled() {
      for (let seen = -1; seen !== all.length; ) {
        seen = all.length;
        await Promise.all([...all.map(({ done }) => done), ...copies]);
      }
    },
    stop: () => stopped.abort(),
  };
}

interface Got {
  status: number;
  reason: string | null;
  answer: unknown;
  final: boolean;
}

const failed = (reason: string): Got => ({ status: 0, reason, answer: null, final: false });

/** The exact bytes and type of a request into the app. */
function wireOf({ type, payload }: Parcel): { body: string; type: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  // Slack sends it without a charset, and receivers compare it exactly.
  return {
    body: new URLSearchParams(fields as Record<string, string>).toString(),
    type: 'application/x-www-form-urlencoded',
  };
}

/** The headers that prove a body to be Slack's; `at` in milliseconds since 1970. */
function signature(body: string, secret: string, at = Date.now()): Record<string, string> {
  const time = String(Math.floor(at / 1000));
  const hash = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${hash}` };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
