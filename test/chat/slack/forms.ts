import type { Suggestion } from '../../../src/chat/chat.ts';
import { spotCalled, spotsIn, stateOf } from '../../support/slack/forms.ts';

/** A form as it comes back, filled in by the labels a person reads. */
export function sent(view: { blocks: unknown; private_metadata?: string }, said: Record<string, unknown>) {
  const spots = spotsIn(view.blocks);
  const wanted = new Map(Object.entries(said).map(([label, value]) => [spotCalled(spots, label), value]));
  const values = spots.map((spot) => [
    spot.blockId,
    { [String(spot.element['action_id'])]: stateOf(spot.element, wanted.get(spot)) },
  ]);
  return {
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    state: { values: Object.fromEntries(values) },
  };
}

export const naming = {
  place: (channel: string) => `slack:T1/${channel}`,
  attachment: (file: string) => `T1/${file}`,
};

const offers: Record<string, Suggestion[]> = {
  model: [{ value: 'best', label: 'Best · $0.60 for 6 s' }],
  template: [{ value: 'brand-animation', label: 'brand-animation: your logo comes alive' }],
  platform: [{ value: 'tiktok', label: 'tiktok' }],
  aspect: [
    { value: '16:9', label: '16:9' },
    { value: '9:16', label: '9:16' },
  ],
};
export const suggest = (source: string): Suggestion[] => offers[source] ?? [];
