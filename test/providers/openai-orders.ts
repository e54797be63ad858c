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
  voice: null,
  notes: [],
  previous: null,
  references: [{ name: 'cup.png', purpose: 'product', tag: '@Image1', picture: null }],
  film: { model: 'Seedance 2.5', characters: 900, fromPicture: false },
  colours: ['#0a7d5c'],
  seconds: 6,
  aspect: '9:16',
  seed: 0,
  ...more,
});
