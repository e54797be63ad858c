import type { EventOf } from './event.ts';
import type { Reference } from './reference.ts';

type ReferenceEvent = EventOf<
  'reference.offered' | 'reference.taken' | 'reference.refused' | 'reference.removed' | 'reference.named'
>;

export function evolveReference(references: readonly Reference[], event: ReferenceEvent): Reference[] {
  const change = (to: Partial<Reference>) =>
    references.map((r) => (r.id === event.reference ? { ...r, ...to } : r));
  switch (event.type) {
    case 'reference.offered':
      return [...references, offered(event)];
    case 'reference.taken':
      return change({ state: 'ready', picture: event.picture, notes: event.notes, palette: event.palette });
    case 'reference.refused':
      return change({ state: 'refused', code: event.code });
    case 'reference.removed':
      return change({ state: 'removed' });
    case 'reference.named':
      return change({ purpose: event.purpose, guessed: false });
  }
}

const offered = (event: EventOf<'reference.offered'>): Reference => ({
  id: event.reference,
  name: event.name,
  purpose: event.purpose,
  guessed: event.guessed ?? false,
  source: event.source,
  state: 'fetching',
  picture: null,
  notes: [],
  palette: [],
  code: null,
  at: event.at,
});
