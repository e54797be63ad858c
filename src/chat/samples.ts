import type { Model } from '../campaign/model.ts';

/** Says on every card what a sample is, so that nobody takes one for a model's work. */
export const sampleNote = (model: Model): string =>
  model.provider === 'sample'
    ? 'Sample: rendered on this machine by a stand-in for a model. Prices are examples; nothing is charged.'
    : '';
