import { usualStill } from './brief.ts';
import { type Event, type EventType, shapes } from './event.ts';

/** The version each event is written in now. An older one is brought up by `upcasts`. */
export const eventVersion = 7;

type Upcast = (body: Record<string, unknown>) => Record<string, unknown>;
/** `type@v` → how its body becomes that of v + 1. */
const upcasts: Record<string, Upcast> = {
  // The model of that time stays the one: a price was shown with it.
  'campaign.opened@1': (body) => ({ ...body, settings: { ...(body['settings'] as object), named: true } }),
  'stills.requested@1': (body) => ({ ...body, references: [], follow: null }),
  'campaign.opened@3': (body) => ({
    ...body,
    settings: { ...(body['settings'] as object), still: usualStill },
  }),
  'stills.requested@3': (body) => ({ ...body, quality: null, look: '' }),
  'take.requested@1': (body) => ({ ...body, references: [], last: null }),
  'take.requested@6': (body) => ({ ...body, kit: null }),
};

/** Reads a kept event of any version. Throws on a body no version ever had: that is a damaged journal. */
export function readEvent(type: string, v: number, body: unknown): Event {
  let current = body as Record<string, unknown>;
  for (let from = v; from < eventVersion; from++) current = upcasts[`${type}@${from}`]?.(current) ?? current;
  const shape = shapes[type as EventType];
  if (!shape) throw new Error(`event of an unknown type: ${type}`);
  return { type, ...shape.parse(current) } as Event;
}
