/**
 * What is written down of purchases whose provider cannot tell by itself for whom each was: durable, and the same for
 * every process. A purchase is named by its tag; a request has a face, the same for the same whole input.
 */
export interface Receipts {
  /** Written before the request leaves. */
  ordered(tag: string, face: string): Promise<void>;
  wasOrdered(tag: string, face: string): Promise<boolean>;
  /** Gives a prediction to a purchase unless another has it; the tag that has it from now on. */
  claim(prediction: string, tag: string): Promise<string>;
  /** Null where nobody has it. */
  ownerOf(prediction: string): Promise<string | null>;
}
