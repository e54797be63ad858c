/**
 * The three ways to fail. A Refusal is a value the core returns (`campaign/refusal.ts`) and never thrown;
 * the two here are thrown by providers, drivers and jobs. Anything else that is thrown is a bug.
 */

/** Try later: the same effect runs again after `delay` milliseconds. */
export class TryLater extends Error {
  override readonly name = 'TryLater';
  readonly delay: number;
  /** False only where it is proven that the other side accepted nothing (refused connection, 429). */
  readonly sent: boolean;

  constructor(message: string, options: { delay: number; sent: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    // Times are whole milliseconds wherever they are kept.
    this.delay = Math.ceil(options.delay);
    this.sent = options.sent;
  }
}

/** Never: trying again cannot help. `code` names the reason; `message` is for the log, not for people. */
export class Never extends Error {
  override readonly name = 'Never';
  readonly code: string;
  /** Micro-dollars that were billed all the same. */
  readonly billed: number;

  /** Our own disk, journal or keys are at fault, not what was asked: an operator mends it, and the work goes on. */
  get isHouseTrouble(): boolean {
    return /^((storage|journal)-(?!missing)|secret-key$)/.test(this.code);
  }

  constructor(code: string, message: string = code, options: { cause?: unknown; billed?: number } = {}) {
    super(message, options);
    this.code = code;
    this.billed = options.billed ?? 0;
  }
}
