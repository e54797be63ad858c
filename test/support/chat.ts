import type { Card } from '../../src/chat/card.ts';
import type { Chat, Showing } from '../../src/chat/chat.ts';
import { Never } from '../../src/errors.ts';

interface Sent {
  place: string;
  key: string;
  card: Card;
  edit: boolean;
}

/** A chat platform in memory: a log of what arrived, doors that can be held shut, and no memory of its own. */
export function memoryChat(people: Record<string, { groups: string[]; manager: boolean }> = {}) {
  const log: Sent[] = [];
  const opened: string[] = [];
  const messages = new Map<string, string>();
  let inFlight = 0;
  let mostInFlight = 0;
  let gate: Promise<void> = Promise.resolve();
  let place = (root: string) => `memory:c/${root}`;

  async function send(showing: Showing): Promise<string> {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    await gate;
    log.push({ place: showing.place, key: showing.key, card: showing.card, edit: showing.known !== null });
    const message = showing.known ?? `m${log.length}`;
    messages.set(`${showing.place} ${showing.sendKey}`, message);
    inFlight -= 1;
    return message;
  }

  const chat: Chat = {
    name: 'memory',
    listen: async () => ({ routes: {}, stop: async () => {} }),
    async open(_from, _title, root) {
      if (!opened.includes(root)) opened.push(root);
      return place(root);
    },
    show: async (showing) => ({ kind: 'shown', message: await send(showing) }),
    async find(at, sendKey) {
      const message = messages.get(`${at} ${sendKey}`);
      return message === undefined ? 'absent' : { message };
    },
    fetch: () => Promise.reject(new Never('reference-missing')),
    async who(person) {
      return { name: person, groups: [], manager: false, ...people[person] };
    },
  };
  return {
    chat,
    log,
    opened,
    get mostInFlight() {
      return mostInFlight;
    },
    /** Everything sent from now on waits until the gate is opened. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    placeAll(fixed: string): void {
      place = () => fixed;
    },
  };
}
