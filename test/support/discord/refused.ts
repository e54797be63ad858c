/** Discord's no, with the number our app has to understand. */
export class Refused extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, code: number, message: string, more: object = {}) {
    super(`${code} ${message} ${JSON.stringify(more)}`);
    this.status = status;
    this.body = { message, code, ...more };
  }
}

const known = {
  unauthorized: [401, 0, '401: Unauthorized'],
  noRoute: [404, 0, '404: Not Found'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownEmoji: [400, 10014, 'Unknown Emoji'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  tooManyReactions: [400, 30010, 'Maximum number of reactions reached (20)'],
  tooManyFiles: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  tooManyCommands: [400, 30032, 'Maximum number of application commands reached (100)'],
  commandsToday: [400, 30034, 'Max number of daily application command creates has been reached (200)'],
  tooLarge: [413, 40005, 'Request entity too large'],
  forum: [400, 40058, 'Cannot message this channel until a post is created'],
  answeredAlready: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  anothersMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  empty: [400, 50006, 'Cannot send an empty message'],
  cannotSend: [403, 50007, 'Cannot send messages to this user'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  channelType: [400, 50024, 'Cannot execute action on this channel type'],
  tokenDead: [401, 50027, 'Invalid Webhook Token'],
  archived: [400, 50083, 'Thread is archived'],
  notJson: [400, 50109, 'The request body contains invalid JSON.'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
  locked: [400, 160005, 'Thread is locked'],
} as const satisfies Record<string, readonly [number, number, string]>;

export type Known = keyof typeof known;

export const no = (what: Known): Refused => {
  const [status, code, message] = known[what];
  return new Refused(status, code, message);
};

/** 30046 comes as a 429: Discord's own library does not throw it, but waits. */
export const tooOld = (seconds: number): Refused =>
  new Refused(429, 30046, 'Maximum number of edits to messages older than 1 hour reached. Try again later.', {
    retry_after: seconds,
    global: false,
  });

/** 50035: what is wrong with which field; `path` with slashes, as in `components/0/label`. */
export function invalid(path: string, code: string, message: string): Refused {
  const leaf: object = { _errors: [{ code, message }] };
  const errors = path
    .split('/')
    .filter(Boolean)
    .reduceRight<object>((inner, key) => ({ [key]: inner }), leaf);
  return new Refused(400, 50035, 'Invalid Form Body', { errors });
}
