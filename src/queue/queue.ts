/** `full`: it may have left what another process could take. */
export type Look = () => Promise<'full' | undefined>;

/**
 * Who wakes whom. The queue carries no work, only the hint that it is worth looking at the journal;
 * losing every hint costs a delay and nothing else.
 */
export interface Queue {
  /** Look at or soon after this instant (milliseconds). Cheap, repeatable, never throws. */
  wake(due: number): void;
  /** Called once per burst of wakes; at most one call at a time, a wake meanwhile makes another. */
  onWake(look: Look): void;
  /** Calls no look any more and resolves once the last has ended; hints are given all the same. */
  stopLooking(): Promise<void>;
  /** Gives the hints that are on their way, and no further ones. Takes seconds at most. */
  close(): Promise<void>;
}
