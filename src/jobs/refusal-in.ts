import { FailureReason } from '../campaign/take.ts';
import { Never } from '../errors.ts';

/**
 * Why a provider refused for good, and what it billed all the same (micro-dollars). Throws the error again where it
 * is no refusal of a provider: to try later, our own disk's trouble, or a bug.
 */
export function refusalIn(error: unknown): { reason: FailureReason; billed: number } {
  if (!(error instanceof Never) || error.isHouseTrouble) throw error;
  return { reason: FailureReason.catch('provider-error').parse(error.code), billed: error.billed };
}
