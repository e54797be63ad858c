import { z } from 'zod';

export const TemplateName = z.enum(['brand-animation', 'product-showcase', 'social-media']);
export type TemplateName = z.infer<typeof TemplateName>;

/** Fields a brief can name beside its words. */
export const FieldName = z.enum(['product', 'tagline', 'description', 'platform', 'logo']);
export type FieldName = z.infer<typeof FieldName>;

export interface Template {
  name: TemplateName;
  summary: string;
  /** Without these the clip would miss its point, so one question asks for each (two at most). */
  essential: readonly FieldName[];
  seconds: number;
}

export const templates: Record<TemplateName, Template> = {
  'brand-animation': {
    name: 'brand-animation',
    summary: 'your logo and name come alive; ends on the tagline',
    essential: ['logo', 'product'],
    seconds: 6,
  },
  'product-showcase': {
    name: 'product-showcase',
    summary: 'one product, lit and turned like in a studio',
    essential: ['product', 'description'],
    seconds: 6,
  },
  'social-media': {
    name: 'social-media',
    summary: 'an idea cut for Instagram, TikTok, YouTube, Facebook or LinkedIn',
    essential: ['platform'],
    seconds: 9,
  },
};
