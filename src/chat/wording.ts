import { inDollars } from '../campaign/money.ts';
import { refuse } from '../campaign/refusal.ts';
import type { Say } from '../campaign/say.ts';
import type { Clearance, Harm } from '../campaign/screening.ts';
import type { FailureReason } from '../campaign/take.ts';
import type { FieldName } from '../campaign/template.ts';
import { readyIn } from './estimate.ts';
import { inPlace } from './substitution.ts';

/** Why something came to nothing, and what a person can do now. Provider text never gets here. */
export const failures: Record<FailureReason, string> = {
  'moderation-input': 'The safety rules declined these words or pictures. Change them and try again.',
  'moderation-output':
    'The model made something its own safety rules held back. Change the wording and try again.',
  outage: 'The model’s provider is down right now. Try again later, or choose another model.',
  retired: 'This model is no longer offered. Choose another one with `/video-models`.',
  'no-credit': 'The provider account has run out of credit. An administrator has to top it up.',
  'bad-key': 'The provider did not accept our key. An administrator has to look at it.',
  'provider-error': 'The provider failed without a usable reason. Another take may well succeed.',
  timeout: 'It took far longer than it should, so it was called off. A shorter clip or a faster model helps.',
  garbage:
    'The provider delivered a file that is not a playable video, twice. Another take may well succeed.',
  expired:
    'It was made and paid for, but its file was gone before it could be fetched. Another one would be paid for anew.',
  finishing: 'The clip could not be finished with the logo and end card. Another take may well succeed.',
  unchecked:
    'The safety check could not be reached, and this model has none of its own. Try again later, or choose another model.',
  'called-off': 'Cancelled before it was made.',
  lost: 'Nobody could tell what became of this take, so it was given up.',
};

/** Said of whatever was bought without anybody having looked through it. */
export const uncheckedNote = (clearance: Clearance | null): string[] =>
  clearance?.unchecked
    ? ['The safety check could not be reached, so the model’s own safety rules have to do.']
    : [];

const pictureFormats = 'JPEG, PNG, WebP, GIF, AVIF or HEIC';

/** Why a reference was refused, and what would work. */
const references: Record<string, string> = {
  'image-empty': 'the file is empty. Export it again and send it once more.',
  'image-too-large': 'the file is larger than 25 MB. Send a smaller export.',
  'image-too-many-pixels':
    'it has more than 40 megapixels. Send it scaled down; 2,000 pixels across are plenty.',
  'image-too-small': 'it is only a few pixels large. Send a larger export.',
  'image-truncated': 'the file ends in the middle, as after a broken download. Send it once more.',
  'image-not-an-image': `it is no picture I can read. Send ${pictureFormats}, or SVG for a logo.`,
  'image-pdf': `it is a PDF. Export the logo from it as PNG or SVG.`,
  'image-video': `it is a video. Send a picture: ${pictureFormats}.`,
  'image-svg-not-here': 'SVG is read for logos only. Send this one as PNG or JPEG.',
  'image-svg-script': 'this SVG contains a script. Export it as a plain SVG or PNG.',
  'image-svg-external':
    'this SVG loads something from elsewhere. Export it with everything embedded, or as PNG.',
  'image-svg-entities': 'this SVG uses entities, which I do not open. Export it as a plain SVG or PNG.',
  'image-declined': 'the safety check declined it. Send another picture, or go on without.',
  'image-format': `this picture format is not supported. Send ${pictureFormats}.`,
  'image-timeout': 'reading it took too long. Send a simpler or smaller export.',
  'reference-missing': 'there is no such file on this machine. Check the path.',
  'reference-gone': 'that file is gone, or I am not allowed to see it. Send it once more.',
  'reference-no-scope':
    'I may not read files here. An administrator has to install Dailies again and allow it to read files.',
  'reference-folder': 'that is a folder. Name one picture in it.',
  'reference-timeout': 'fetching it took too long. Send it once more.',
  'link-unreadable': 'that address cannot be fetched. Give an https address of a picture.',
  'link-missing': 'there is nothing at that address (any more).',
  'link-redirects': 'that address leads on and on. Use the picture’s own address.',
  'link-unknown-host': 'that server does not exist. Check the address.',
};

/** Where the file itself would do, in a conversation that takes one. */
const addresses: Record<string, { why: string; remedy: string }> = {
  'image-html': {
    why: 'the link leads to a web page, not to a picture.',
    remedy: 'Use the picture’s own address, or attach the file.',
  },
  'link-private': {
    why: 'that address is not on the public internet, so I do not fetch it.',
    remedy: 'Attach the file instead.',
  },
  'link-refused': {
    why: 'that server does not hand the picture out.',
    remedy: 'Attach the file instead.',
  },
  'link-timeout': { why: 'that server took too long.', remedy: 'Attach the file instead.' },
};

export function whyReferenceRefused(code: string): string {
  const { why, remedy } = addresses[code] ?? {};
  return why
    ? `${why} ${remedy}`
    : (references[code] ?? 'it could not be read. Send it once more, or another picture.');
}

/** Of a brand kit's logo, which no conversation takes. */
export const whyLogoRefused = (code: string): string =>
  addresses[code]?.why ?? references[code] ?? 'it could not be read.';

const referenceNotes: Record<string, string> = {
  small: 'smaller than 512 × 512, may look soft',
  'animated-first-frame': 'animated: the first frame is used',
};
export const inWords = (note: string): string | null => referenceNotes[note] ?? null;

/** What finishing did beyond the order, or could not do. */
export const finishing: Record<string, string> = {
  unfinished: 'Delivered as the model made it: adding logo and end card failed.',
  'last-frame-held': 'The model’s clip was a little short; its last frame is held.',
  'shorter-than-asked': 'The model’s clip is shorter than asked.',
  padded: 'The model’s clip had another shape; its sides are filled in softly.',
  'logo-without-transparency': 'Your logo has no transparent background; a PNG or SVG with one looks better.',
};

/** Why a film is not in the conversation, and what somebody can do about it. */
const unshown: Record<string, { why: string; remedy: string }> = {
  'film-uploads-off': {
    why: ', because apps may not share films in this workspace',
    remedy: 'Once an administrator has allowed it, press the button.',
  },
  'film-storage-full': {
    why: ', because the file storage of this workspace is full',
    remedy: 'Once somebody has made room in it, press the button.',
  },
  'film-too-large': {
    why: ', because it is larger than files may be in this workspace',
    remedy: 'A shorter clip is smaller; or once an administrator has raised the limit, press the button.',
  },
};

export const remedyFor = (code: string | null): string =>
  unshown[code ?? '']?.remedy ??
  'Press the button to try again; if that does not help, please tell whoever runs Dailies.';

export const questions: Record<FieldName, string> = {
  product: 'What is the product or brand called? I put the name on the end card.',
  tagline: 'Is there a tagline for the end card?',
  description: 'What should people know or feel about it? One sentence is enough.',
  platform:
    'Where will it run: Instagram, TikTok, YouTube, Facebook or LinkedIn? That sets shape and length.',
  logo: 'Do you have the logo as a file (PNG or SVG)? Drop it here and it ends up in the film, pixel for pixel.',
};

const noted = {
  must: 'Noted as a must. The prompt is being worded anew.',
  'must-not': 'Noted as something to keep out. The prompt is being worded anew.',
  product: 'Noted as the name.',
  tagline: 'Noted as the tagline.',
  settings: 'Changed. The brief above shows it.',
} as const;

/** What is said aloud in a conversation, in words. */
export function say(it: Say): string {
  switch (it.about) {
    case 'refusal':
      return it.sentence;
    case 'price':
      return `A clip of ${it.seconds} s with ${it.model} costs about ${inDollars(it.micros)} and is ${readyIn(it.wait)}.`;
    case 'noted':
      return noted[it.what];
    case 'verdict-by-button':
      return 'Decisions are taken on the review card, so that they bind to that exact file: use its buttons or a reaction.';
    case 'which-video':
      return `${it.among.length} videos go on here. Nothing was bought, decided or ended: for that, say it once more in the thread of the one you mean.`;
    case 'help':
      return 'Tell me in your own words what should change ("darker, slower", "must show the bottle", "no people"), ask for the price, pick a still ("still 2"), or say "go". `/video-help` lists everything.';
    case 'unclear':
      return 'I am not sure what to change. Say it as a wish, for example "warmer light", "pick still 2" or "go".';
    case 'unread':
      return 'I could not read your last message in time. Please say it once more.';
    case 'declined':
      return declined(it);
    case 'other-model':
      return inPlace(it.wanted, it.why, it.model, it.same);
    case 'pictures-left':
      return picturesLeft(it);
    case 'still-substituted':
      return `${it.asked} is no longer offered, so ${it.model} makes the stills.`;
    case 'length-fitted':
      return `${it.model} makes no clip of ${it.asked} seconds, so this one is planned with ${it.seconds}, the nearest it makes.${it.instead ? ` ${it.instead} can make ${it.asked}.` : ' No model here makes that length.'}`;
    case 'first-frame-failed':
      return 'The still that the film was to begin with could not be made, so no film was bought. Press Generate to try again.';
    case 'kit-changed':
      return `The brand kit “${it.name}” has changed since, so the prompt is being worded anew with it. Nothing was bought; ask for it again once that is there.`;
    case 'over-limit':
      return `The change is worded. The next take would cost ${inDollars(it.micros)}, above the ${inDollars(it.limit)} that are spent without asking: press Generate to make it.`;
    case 'offer-changed':
      return it.kit === undefined
        ? 'What would be bought has changed since it was asked, so nothing was spent.'
        : `The brand kit “${it.kit}” has changed since it was asked, so nothing was spent. It is asked about anew, as it is now.`;
    case 'spending-waits':
      return 'Nobody has approved the spending yet, so the take is not made so far.';
    case 'film-unshown':
      return `The film of cut ${it.cut} is finished and kept, but it could not be shown here${unshown[it.code ?? '']?.why ?? ''}.`;
    case 'reminder':
      return 'This cut still waits for a decision.';
    case 'cancelled':
      return it.take === null
        ? 'Cancelled: nothing more is bought for this video. What is finished stays.'
        : `Cancelled: take ${it.take} is called back, and nothing more is bought for this video. What is finished stays.`;
    case 'vote-refused':
      return it.code === 'vote-unchecked'
        ? refuse(it.code).sentence
        : `${it.name}: ${refuse(it.code).sentence}`;
    case 'substituted':
      return inPlace(it.asked, it.why, it.model, it.same);
  }
}

const counted = (n: number): string => (n === 1 ? 'one picture' : `${n} pictures`);

/** What a model cannot do with the pictures, what is done about it, and who could. */
export function picturesLeft(it: Omit<Extract<Say, { about: 'pictures-left' }>, 'about'>): string {
  const { model, along, first, behind, last, instead } = it;
  const made = first > 0 ? `a still is made from ${counted(first)} first and the film begins with it` : '';
  const facts = [
    ...(made ? [`${model} cannot take references: ${made}.`] : []),
    ...(behind > 0 && along > 0
      ? [`${model} takes ${counted(along)}; ${counted(behind)} cannot go along.`]
      : []),
    ...(behind > 0 && along === 0 && !made
      ? [`${model} cannot take references here: ${counted(behind)} cannot go along.`]
      : []),
    ...(behind > 0 && made ? [`${counted(behind)} cannot go along.`] : []),
    ...(last ? [`${model} cannot end on your last frame here.`] : []),
  ];
  return [...facts, ...(instead ? [`${instead} can follow all of them.`] : [])].join(' ');
}

const harms: Record<Harm, string> = {
  hate: 'hate',
  harassment: 'harassment',
  'self-harm': 'self-harm',
  sexual: 'sexual content',
  violence: 'violence',
  illicit: 'something illegal',
  other: 'content that is not allowed',
};

/** Which thing was declined, for what, and what to do about it. */
function declined({ what, name, harms: found }: Extract<Say, { about: 'declined' }>): string {
  const why = found.map((harm) => harms[harm]).join(', ');
  switch (what) {
    case 'words':
      return `The safety check found ${why} in the words of this prompt. Edit the prompt and say it another way; nothing was bought.`;
    case 'reference':
      return `The safety check found ${why} in the picture “${name ?? 'reference'}”, so it was set aside. Send another one, or go on without; nothing was bought.`;
    case 'still':
      return `The safety check found ${why} in the still that was picked. Pick another one; nothing was bought.`;
  }
}
