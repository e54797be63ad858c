import { z } from 'zod';

const micros = z.int().nonnegative();
const second = 1000;
const minute = 60 * second;

/** Whole milliseconds. Tests scale them; nobody else should need to. */
export const Times = z.strictObject({
  lease: z.int().positive(),
  poll: z.int().positive(),
  /** As `poll`, of a provider that also says by itself that it is done. */
  pollCalled: z
    .int()
    .positive()
    .default(5 * second),
  retry: z.int().positive(),
  /** A paid request leaves within this of the moment its fence was confirmed. */
  guard: z.int().positive(),
  /** How long after it was sent a purchase may be missing from its provider's list. */
  lag: z
    .int()
    .positive()
    .default(2 * minute),
  /** Between two looks that prove together that a provider's list does not hold a purchase. */
  settle: z.int().positive(),
  /** How long one job of each kind may take before the campaign hears that it gave up. */
  think: z.int().positive(),
  fetch: z.int().positive(),
  still: z.int().positive(),
  buy: z.int().positive(),
  watch: z.int().positive(),
  download: z.int().positive(),
  finish: z.int().positive(),
  send: z.int().positive(),
  /** Between two looks at a model; bad news is looked at again 24 times as often. */
  probe: z
    .int()
    .positive()
    .default(24 * 60 * minute),
  /** Between two looks for purchases nobody knows of, and how long one can still come to light. */
  sweep: z
    .int()
    .positive()
    .default(5 * minute),
  swept: z
    .int()
    .positive()
    .default(55 * minute),
  /** A finished clip that is not fetched after this is an alarm, and another one after twice as long. */
  alarm: z
    .int()
    .positive()
    .default(20 * minute),
  /** An open review is mentioned again after this. */
  remind: z.int().positive(),
  /** A purchase nobody can confirm is given up after this. */
  unconfirmed: z.int().positive(),
});
export type Times = z.infer<typeof Times>;

export const usualTimes: Times = {
  lease: 60 * second,
  poll: second,
  pollCalled: 5 * second,
  retry: 3 * second,
  guard: 2 * second,
  lag: 2 * minute,
  settle: 60 * second,
  think: 2 * minute,
  fetch: 2 * minute,
  still: 5 * minute,
  buy: 10 * minute,
  watch: 30 * minute,
  download: 50 * minute,
  finish: 10 * minute,
  send: 24 * 60 * minute,
  probe: 24 * 60 * minute,
  sweep: 5 * minute,
  swept: 55 * minute,
  alarm: 20 * minute,
  remind: 24 * 60 * minute,
  unconfirmed: 24 * 60 * minute,
};

/** Platform identities of who may decide; whoever manages the place does where these cannot be enough: see `roleOf`. */
export const Approvers = z.strictObject({ people: z.array(z.string()), groups: z.array(z.string()) });
export type Approvers = z.infer<typeof Approvers>;
export const nobody: Approvers = { people: [], groups: [] };
/** Each once. */
export const allNamed = (all: readonly Approvers[]): Approvers => ({
  people: [...new Set(all.flatMap(({ people }) => people))],
  groups: [...new Set(all.flatMap(({ groups }) => groups))],
});

/** How one workspace wants things done. A review pins the policy it was opened under. */
export const Policy = z.strictObject({
  approvers: Approvers,
  quorum: z.int().positive(),
  selfApproval: z.boolean(),
  /** After "request changes" the next take is bought at once if it costs no more than this. */
  autoLimit: micros,
  /** A take that costs more is bought only once an approver has allowed it; null: nobody is asked. */
  askAbove: micros.nullable().default(10_000_000),
  caps: z.strictObject({ take: micros, campaign: micros, personDay: micros, workspaceMonth: micros }),
  defaultModel: z.string().nullable(),
  /** Where admins are told what they should know; null: in the log alone. */
  adminPlace: z.string().nullable().default(null),
  /** IANA name; decides which day a purchase belongs to. */
  timeZone: z.string(),
  stills: z.int().min(1).max(6),
  times: Times,
});
export type Policy = z.infer<typeof Policy>;

/** What a manager can change of it at once; caps that are not named stay. */
export const PolicyChange = Policy.pick({ approvers: true, quorum: true, selfApproval: true })
  .partial()
  .extend({
    adminPlace: z.string().nullable().optional(),
    caps: Policy.shape.caps.partial().optional(),
  });
export type PolicyChange = z.infer<typeof PolicyChange>;

export const usualPolicy: Policy = {
  approvers: nobody,
  quorum: 1,
  selfApproval: false,
  autoLimit: 2_000_000,
  askAbove: 10_000_000,
  caps: { take: 20_000_000, campaign: 50_000_000, personDay: 50_000_000, workspaceMonth: 500_000_000 },
  defaultModel: null,
  adminPlace: null,
  timeZone: 'UTC',
  stills: 3,
  times: usualTimes,
};
