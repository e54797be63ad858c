import { z } from 'zod';
import { BrandKit, KitPin } from './brand-kit.ts';
import { FilmFile, KeptFile, Picture } from './file.ts';
import { Among } from './intent.ts';
import { Aspect, StillQuality, StillStyle } from './model.ts';
import { PlatformName } from './platform.ts';
import { Approvers, Policy } from './policy.ts';
import { Purpose, Source } from './reference.ts';
import { Verdict, VoteRefusal } from './review.ts';
import { Say } from './say.ts';
import { Priced } from './spending.ts';
import { FailureReason } from './take.ts';
import { FieldName, TemplateName } from './template.ts';

const micros = z.int().nonnegative();
const n = z.int().positive();
const words = z.string();
const Reservation = z.object({
  item: z.string(),
  accounts: z.array(z.object({ id: z.string(), cap: micros })),
  micros,
});
/** How a purchase ended in money: what was held is given back, what was billed is booked. */
const Bill = z.object({
  held: Reservation.nullable(),
  item: z.string(),
  accounts: z.array(z.string()),
  billed: micros,
});
export type Bill = z.infer<typeof Bill>;

/** What was looked through before buying, and why nobody could where nobody did. */
const Clearance = z.object({ pictures: z.array(z.string()), unchecked: FailureReason.nullable() });

const Settings = z.object({
  model: z.string(),
  named: z.boolean(),
  seconds: n,
  aspect: Aspect,
  verbatim: z.boolean(),
  still: z.object({
    model: z.string().nullable(),
    quality: StillQuality.nullable(),
    style: StillStyle.nullable(),
    count: n.nullable(),
  }),
});
const at = z.int().nonnegative();

/** Facts in a campaign's history. A property named `words` is a person's text and can be forgotten. */
export const shapes = {
  'campaign.opened': z.object({
    at,
    workspace: z.string(),
    person: z.string(),
    channel: z.string(),
    seed: z.int(),
    words,
    template: TemplateName.nullable(),
    platform: PlatformName.nullable(),
    product: z.string().nullable(),
    tagline: z.string().nullable(),
    description: z.object({ words }).nullable(),
    note: z.object({ words }).nullable(),
    approvers: Approvers.nullable().default(null),
    settings: Settings,
  }),
  /** The brand kit it is made with from now on, as it is then; null: none any more. */
  'kit.taken': z.object({ at, kit: BrandKit.nullable() }),
  'conversation.opened': z.object({ place: z.string() }),
  'message.heard': z.object({ at, message: z.string(), person: z.string(), words, among: Among.optional() }),
  'message.read': z.object({ message: z.string() }),
  'reference.offered': z.object({
    at,
    reference: z.string(),
    name: z.string(),
    purpose: Purpose,
    source: Source,
    person: z.string(),
    /** Nobody said what it is for. */
    guessed: z.boolean().optional(),
  }),
  'reference.taken': z.object({
    reference: z.string(),
    picture: Picture,
    notes: z.array(z.string()),
    palette: z.array(z.string()),
  }),
  'reference.refused': z.object({ reference: z.string(), code: z.string() }),
  'reference.removed': z.object({ reference: z.string() }),
  'reference.named': z.object({ reference: z.string(), purpose: Purpose }),
  'brief.amended': z.object({
    must: z.object({ words }).optional(),
    mustNot: z.object({ words }).optional(),
    product: z.string().optional(),
    tagline: z.string().optional(),
    description: z.object({ words }).optional(),
    platform: PlatformName.optional(),
    template: TemplateName.optional(),
  }),
  'settings.changed': Settings.partial(),
  'question.asked': z.object({ about: FieldName }),
  'reply.given': z.object({ n, say: Say }),
  'refinement.requested': z.object({ n, words }),
  'prompt.revised': z.object({
    n,
    still: z.object({ words }),
    motion: z.object({ words }),
    rationale: z.string(),
    by: z.enum(['model', 'person']),
    product: z.string().nullable(),
    tagline: z.string().nullable(),
    /** Why the person's own words had to do, where a refinement was wanted. */
    instead: FailureReason.nullable(),
  }),
  /** What a language model took for a wording, or for reading a message; too little to be held first. */
  'wording.billed': z.object({ paid: Reservation }),
  'stills.requested': z.object({
    board: n,
    model: z.string(),
    revision: n,
    aspect: Aspect,
    references: z.array(z.string()),
    quality: StillQuality.nullable(),
    /** What is added to the wording for the look that was asked for. */
    look: z.string(),
    /** Who asked for the film that begins with this still and is bought as soon as it is there. */
    follow: z.string().nullable(),
    stills: z.array(z.object({ n, seed: z.int(), held: Reservation })),
  }),
  'stills.cleared': z.object({ board: n, clearance: Clearance }),
  'still.made': z.object({ board: n, still: n, picture: Picture, bill: Bill }),
  'still.failed': z.object({ board: n, still: n, reason: FailureReason, bill: Bill }),
  'still.unconfirmed': z.object({ at, board: n, still: n }),
  /** Bought once more; what the attempt before may have cost is booked. */
  'still.attempted': z.object({ board: n, still: n, attempt: n, held: Reservation, bill: Bill }),
  'still.picked': z.object({ board: n, still: n }),
  'take.requested': z.object({
    at,
    take: n,
    model: z.string(),
    revision: n,
    seconds: n,
    aspect: Aspect,
    still: Picture.nullable(),
    last: Picture.nullable(),
    references: z.array(z.string()),
    kit: KitPin.nullable(),
    seed: z.int(),
    held: Reservation,
  }),
  'take.cleared': z.object({ take: n, clearance: Clearance }),
  'take.attempted': z.object({ take: n, attempt: n }),
  /** Bought once more; what the purchase of which nobody will ever know may have cost is booked. */
  'take.reordered': z.object({ take: n, attempt: n, held: Reservation, bill: Bill }),
  /** Somebody asked whether an unconfirmed purchase is known by now. */
  'take.looked': z.object({ take: n }),
  'take.rerouted': z.object({
    take: n,
    from: z.string(),
    to: z.string(),
    reason: FailureReason,
    held: Reservation,
    bill: Bill,
  }),
  'take.created': z.object({ take: n, prediction: z.string() }),
  'take.succeeded': z.object({ take: n, output: z.string(), bill: Bill }),
  'take.redownloaded': z.object({ take: n }),
  'take.downloaded': z.object({ take: n, film: KeptFile }),
  'take.finished': z.object({
    at,
    take: n,
    cut: z.object({ id: z.string(), film: FilmFile, poster: Picture, notes: z.array(z.string()) }),
  }),
  'take.failed': z.object({ at, take: n, reason: FailureReason, bill: Bill.nullable() }),
  'take.canceled': z.object({ at, take: n, bill: Bill.nullable() }),
  /**
   * `unlisted`: its provider lists nothing, so nobody ever will know. `absent`: it was proven not to be bought, and is
   * too dear to be bought anew unasked.
   */
  'take.unconfirmed': z.object({
    at,
    take: n,
    unlisted: z.boolean().default(false),
    absent: z.boolean().default(false),
  }),
  /** A purchase that was found beside the one that is followed. */
  'take.strayed': z.object({ take: n, prediction: z.string(), model: z.string().optional() }),
  /** Its providers' lists held something that was not known. */
  'take.swept': z.object({ take: n }),
  /** Money that was heard of after the take was over; `refunded`: what was booked on suspicion, beyond it;
   * `guessed`: nobody said so, and it is booked as it was priced. */
  'bill.late': z.object({
    take: n,
    prediction: z.string(),
    bill: Bill,
    refunded: micros.default(0),
    guessed: z.boolean().default(false),
  }),
  'review.opened': z.object({
    at,
    take: n,
    cut: z.string(),
    sha256: z.string(),
    policy: Policy.pick({ approvers: true, quorum: true, selfApproval: true }),
  }),
  /** `reply`: the one that says that it could not be shown. */
  'film.wanted': z.object({ cut: z.string(), reply: n }),
  'review.voided': z.object({ cut: z.string() }),
  'vote.cast': z.object({
    at,
    vote: z.string(),
    person: z.string(),
    verdict: Verdict,
    words,
    cut: z.string(),
  }),
  'vote.refused': z.object({
    vote: z.string(),
    name: z.string(),
    code: VoteRefusal,
  }),
  'vote.counted': z.object({ vote: z.string(), name: z.string(), role: z.string() }),
  'verdict.given': z.object({
    at,
    take: n,
    cut: z.string(),
    sha256: z.string(),
    verdict: Verdict,
    person: z.string(),
    role: z.string(),
    words,
  }),
  'spending.asked': z.object({
    at,
    n,
    person: z.string(),
    offer: Priced,
    policy: Policy.pick({ approvers: true, quorum: true, selfApproval: true }),
  }),
  'spending.voted': z.object({ at, n, vote: z.string(), person: z.string() }),
  'spending.refused': z.object({
    n,
    vote: z.string(),
    name: z.string(),
    code: VoteRefusal,
  }),
  'spending.allowed': z.object({
    at,
    n,
    vote: z.string(),
    person: z.string(),
    name: z.string(),
    role: z.string(),
  }),
  /** `again`: it is asked anew as soon as the next wording is there. */
  'spending.voided': z.object({ n, again: z.boolean().optional() }),
  'campaign.cancelled': z.object({ at, person: z.string() }),
} as const;

type Shapes = typeof shapes;
export type EventType = keyof Shapes;
export type Event = { [T in EventType]: { type: T } & z.infer<Shapes[T]> }[EventType];
export type EventOf<T extends EventType> = Extract<Event, { type: T }>;

/** What somebody says or does to a video. What follows from it by itself, as a wording, is none of these. */
export const byPeople: readonly EventType[] = [
  'campaign.opened',
  'message.heard',
  'reference.offered',
  'reference.removed',
  'reference.named',
  'settings.changed',
  'kit.taken',
  'stills.requested',
  'still.picked',
  'take.requested',
  'take.looked',
  'film.wanted',
  'vote.cast',
  'spending.asked',
  'spending.voted',
];
