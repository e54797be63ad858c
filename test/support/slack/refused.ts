/** What a method answers instead of `ok`: an error code, and what else goes with it. */
export class Refused extends Error {
  code: string;
  more: Record<string, unknown>;

  constructor(code: string, more: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}

export const because = (code: string, messages: string[]): Refused =>
  new Refused(code, { errors: messages.map(plainly), response_metadata: { messages } });

const plainly = (message: string) => message.replace(/^\[ERROR\] /, '');
