import type { Event } from '../../src/campaign/event.ts';
import { postingsOf } from '../../src/campaign/head.ts';

interface Row {
  cap: number;
  reserved: number;
  spent: number;
}

/** The journal's rule for money, as plainly as it can be said: all postings of a step, or none. */
export function books() {
  let rows = new Map<string, Row>();

  function post(events: readonly Event[]): { account: string; left: number } | null {
    const next = new Map([...rows].map(([id, row]) => [id, { ...row }]));
    for (const event of events) open(next, event);
    for (const posting of events.flatMap(postingsOf)) {
      const row = next.get(posting.account);
      if (!row) throw new Error(`posting on an account that was never opened: ${posting.account}`);
      if (posting.kind === 'reserve') {
        const left = row.cap - row.reserved - row.spent;
        if (posting.micros > left) return { account: posting.account, left };
        row.reserved += posting.micros;
      }
      if (posting.kind === 'release') row.reserved -= posting.micros;
      if (posting.kind === 'refund') row.spent -= posting.micros;
      if (posting.kind === 'settle') row.spent += posting.micros;
    }
    rows = next;
    return null;
  }

  return { post, rows: () => [...rows.values()] };
}

function open(rows: Map<string, Row>, event: Event): void {
  const held = event.type === 'stills.requested' ? event.stills.map((s) => s.held) : [];
  if (
    event.type === 'take.requested' ||
    event.type === 'take.rerouted' ||
    event.type === 'still.attempted' ||
    event.type === 'take.reordered'
  )
    held.push(event.held);
  for (const { id, cap } of held.flatMap((h) => h.accounts)) {
    rows.set(id, { reserved: 0, spent: 0, ...rows.get(id), cap });
  }
}
