import { z } from 'zod';

/** What a language model makes of a brief. It fills this schema and decides nothing else. */
export const Refinement = z.object({
  /** For a still: composition, light, focal point. */
  still: z.string().min(1).max(2000),
  /** For film: camera and movement. */
  motion: z.string().min(1).max(2000),
  /** Why it reads like this, in one line, for the person. */
  rationale: z.string().max(300),
  /** Words the end card may show; null where the brief names none. */
  product: z.string().max(80).nullable(),
  tagline: z.string().max(120).nullable(),
});
export type Refinement = z.infer<typeof Refinement>;

/** A numbered wording of the prompt. Revision 1 comes from the brief; each note makes the next. */
export interface Revision {
  n: number;
  still: { words: string };
  motion: { words: string };
  rationale: string;
  by: 'model' | 'person';
  /** The person's words had to do because no model worded them. */
  unrefined: boolean;
  /** What was asked for that led here; empty for the first. */
  note: { words: string };
}

/** What a person meant by a message in the conversation. */
export const Meaning = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('refine'), note: z.string().min(1).max(1000) }),
  z.object({ kind: z.literal('must'), text: z.string().min(1).max(300) }),
  z.object({ kind: z.literal('must-not'), text: z.string().min(1).max(300) }),
  z.object({ kind: z.literal('product'), text: z.string().min(1).max(80) }),
  z.object({ kind: z.literal('tagline'), text: z.string().min(1).max(120) }),
  z.object({ kind: z.literal('price') }),
  z.object({ kind: z.literal('pick'), still: z.int().positive() }),
  z.object({ kind: z.literal('stills') }),
  z.object({ kind: z.literal('go') }),
  z.object({ kind: z.literal('verbatim') }),
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('verdict') }),
  z.object({ kind: z.literal('help') }),
  z.object({ kind: z.literal('unclear') }),
]);
export type Meaning = z.infer<typeof Meaning>;

export const Reading = z.object({ meanings: z.array(Meaning).min(1).max(4) });
export type Reading = z.infer<typeof Reading>;
