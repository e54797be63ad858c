import type { RefineOrder } from '../../src/providers/language.ts';

export const refineOrder = (more: Partial<RefineOrder> = {}): RefineOrder => ({
  words: 'A calm tea film in the morning light for Aurora Tea',
  template: 'product-showcase',
  platform: 'tiktok',
  product: 'Aurora Tea',
  tagline: null,
  description: null,
  musts: [],
  mustNots: [],
  notes: [],
  previous: null,
  references: [{ name: 'cup.png', purpose: 'product' }],
  pictures: [],
  colours: ['#0a7d5c'],
  seconds: 6,
  aspect: '9:16',
  seed: 0,
  ...more,
});
