import { inDollars, type Micros } from './money.ts';

/** Every "no" of the core, with its wording: what was wrong, and what is possible. */
const sentences = {
  'brief-empty': () =>
    'Say in a few words what the video should show, for example: `/video a calm launch film for Aurora tea, 6s 9:16`.',
  'brief-is-talk': ({ given }: { given: string }) =>
    `Just “${given}” begins no video. Say what it should show, for example: \`/video a calm launch film for Aurora tea, 6s 9:16\`. One that is being made hears you in its own conversation, and \`/video-help\` lists all that is possible.`,
  'brief-wordless': () =>
    'I could not find any words in that. Describe the video in a sentence, in any language.',
  'brief-too-long': ({ length, most }: { length: number; most: number }) =>
    `That brief has ${length.toLocaleString('en')} characters; I can read up to ${most.toLocaleString('en')}. Shorten it, or attach the long document's key images and keep the words to the point.`,
  'message-too-long': ({ most }: { most: number }) =>
    `That message is longer than the ${most.toLocaleString('en')} characters I can read. Nothing was changed.`,
  'option-unknown': ({ name, meant, known }: { name: string; meant?: string; known: string }) =>
    `I do not know the option \`${name}\`. ${meant ? `Did you mean \`${meant}\`?` : `These exist: ${known}.`}`,
  'option-empty': ({ name, isPicture }: { name: string; isPicture: boolean }) =>
    `The option \`${name}\` needs ${isPicture ? 'the https address of a picture after it. A file can be sent in the conversation, too' : 'a value after it'}.`,
  'seconds-unreadable': ({ given }: { given: string }) =>
    `I could not read \`${given}\` as a length. A clip lasts whole seconds, for example \`--duration 6\` or \`6s\`.`,
  'seconds-impossible': ({ given, model, offer }: { given: string; model: string; offer: string }) =>
    `${given} seconds is not possible: ${model} makes clips of ${offer}.`,
  'aspect-unknown': ({ given, known }: { given: string; known: string }) =>
    `I do not know the shape \`${given}\`. Possible: ${known}.`,
  'aspect-impossible': ({ aspect, model, known }: { aspect: string; model: string; known: string }) =>
    `${model} cannot make ${aspect}. It makes ${known}.`,
  'model-unknown': ({ given, known }: { given: string; known: string }) =>
    `I do not know a model called \`${given}\`. Available: ${known}. \`/video-models\` says what each is good for.`,
  'still-model-unknown': ({ given, known }: { given: string; known: string }) =>
    `I do not know a model for stills called \`${given}\`. Available: ${known}.`,
  'still-wish-impossible': ({ wish, model, known }: { wish: string; model: string; known: string }) =>
    `${model} makes no ${wish} stills. ${known ? `Possible: ${known}.` : 'No model here does.'}`,
  'still-count-impossible': ({ given, most }: { given: string; most: number }) =>
    `\`${given}\` is no number of stills. I make 1 to ${most} at a time.`,
  'still-wish-unknown': ({ given, known }: { given: string; known: string }) =>
    `I do not know \`${given}\` for a still. Possible: ${known}.`,
  'model-none-fits': ({ seconds, aspect }: { seconds: number; aspect: string }) =>
    `No living model makes ${seconds} seconds in ${aspect}. Try another length or shape; \`/video-models\` lists what is possible.`,
  'template-unknown': ({ given, known }: { given: string; known: string }) =>
    `I do not know the template \`${given}\`. There are: ${known}.`,
  'platform-unknown': ({ given, known }: { given: string; known: string }) =>
    `I do not know the platform \`${given}\`. There are: ${known}.`,
  'reference-link-unreadable': ({ given }: { given: string }) =>
    `\`${given}\` is not a link I can fetch. Give an https address of a picture, or attach the file.`,
  'references-too-many': ({ most }: { most: number }) =>
    `A video holds up to ${most} references. Remove one first.`,
  'reference-unknown': () => 'That reference is not part of this video (any more).',
  'status-unknown': ({ given, known }: { given: string; known: string }) =>
    `I do not know the state “${given}”. A video can be: ${known}. \`all\` shows them all.`,
  'campaign-unknown': () => 'There is no video here. Start one with `/video` and a few words.',
  'campaign-open': () => 'This video is open already. Reply here to go on with it.',
  'campaign-over': ({ phase }: { phase: string }) =>
    `This video is ${phase}. Start a new one with \`/video\` and a few words.`,
  'cancel-decided': ({ phase }: { phase: string }) =>
    `This video is ${phase} already. The decision stands, so it cannot be cancelled any more.`,
  'prompt-not-ready': () => 'The prompt is still being worked out; try again in a moment.',
  'words-forgotten': () =>
    'The words of this video were forgotten, as was asked. Say anew what it should show, or edit the prompt.',
  'references-not-ready': () => 'A reference is still being fetched; try again in a moment.',
  'take-running': ({ take }: { take: number }) =>
    `Take ${take} is already being made. Wait for it, or cancel.`,
  'stills-running': () => 'Stills are already being made. They will be here in a moment.',
  'still-unconfirmed': () =>
    'Nobody knows yet whether the still that the film begins with was bought. Its card asks what to do.',
  'still-unknown': ({ given, offered }: { given: number; offered: string }) =>
    `There is no still ${given}. ${offered}`,
  'still-other-shape': ({ still, is, wanted }: { still: number; is: string; wanted: string }) =>
    `Still ${still} is ${is}, and the clip is to be ${wanted} now. Make stills anew, or set the shape back.`,
  'still-settled': ({ still }: { board: number; still: number }) =>
    `Still ${still} is settled: nothing is open about it.`,
  'retry-unallowed': ({ take, price }: { take: number; price: Micros }) =>
    `Take ${take} costs ${inDollars(price)}, which an approver has to allow each time. Give it up and ask for another take: then they are asked.`,
  'take-settled': ({ take }: { take: number }) => `Take ${take} is settled: nothing is open about it.`,
  'cap-take': ({ price, cap }: { price: number; cap: number }) =>
    `This take would cost ${inDollars(price)}; one take may cost up to ${inDollars(cap)} here. A shorter clip or a cheaper model fits.`,
  'cap-account': ({ price, left, what }: { price: number; left: number; what: string }) =>
    `This would cost ${inDollars(price)}, but only ${inDollars(left)} is left in the ${what} budget. Nothing was bought.`,
  'spending-waits': ({ price }: { price: number }) =>
    `The take costs ${inDollars(price)}, more than is spent here without asking. An approver has been asked; nothing is bought before they allow it.`,
  'spending-settled': () => 'That spending is settled: nobody asks for it any more.',
  'review-none': () => 'There is nothing to decide on right now.',
  'review-other-cut': () => 'That card shows an older cut. Please decide on the newest one.',
  'film-unknown': () => 'There is no such film in this video.',
  'verdict-final': () => 'This cut has been decided already; the decision stands.',
  'verdict-needs-words': () =>
    'Please say what should change (or why it is rejected) with the button: one sentence, so that the next take can answer it.',
  'vote-not-allowed': () =>
    'You are not an approver here, so that was not counted. Anybody may leave notes by replying.',
  'vote-group-unread': () =>
    'I cannot see who is in a group that is named to decide on this, so that was not counted. Whoever manages this workspace can let me see that group, and decides in its stead where too few others are named.',
  'vote-unchecked': () =>
    'It could not be looked up in time who may decide here, so a decision was not counted. Please decide once more.',
  'vote-own': () =>
    'You asked for this clip yourself, so somebody else has to decide on it, unless whoever manages this workspace lets people decide on what is their own.',
  'workspace-suspended': () =>
    'Dailies was removed from this workspace. Install it again to go on; everything finished is kept.',
  'approvers-too-few': ({ needed, self }: { needed: number; self: boolean }) =>
    `Name at least ${needed === 1 ? 'one person' : `${needed} people`}${self ? '' : ' beside yourself'} who may approve, or nobody: then whoever manages this workspace decides, where nobody else is named.`,
  'approvers-unable': () =>
    'Apps, and people who have left, cannot approve anything. Name somebody else, or nobody: then whoever manages this workspace decides, where nobody else is named.',
  'manager-only': () => 'Only whoever manages this workspace can change that.',
  'kit-unknown': ({ given, known, forVideo }: { given: string; known: string; forVideo: boolean }) =>
    known
      ? `I do not know the brand kit “${given}”. There are: ${known}.`
      : `There is no brand kit “${given}” here; there are none yet. Whoever manages this workspace makes one with \`/video-brand\`.${forVideo ? ' For the name alone, use `--product`.' : ''}`,
  'kit-gone': () =>
    'That brand kit is gone: somebody removed it. Choose another one, or none, and this video goes on.',
  'kit-name-missing': () =>
    'Say first which brand kit is meant, for example: `/video-brand Aurora --colours "#aabbcc"`.',
  'kit-name-unusable': ({ given, most }: { given: string; most: number }) =>
    given
      ? `A brand kit cannot be called “${given}”. A name has up to ${most} characters, letters or digits among them, and is not “none”.`
      : 'A brand kit needs a name.',
  'kit-name-taken': ({ name }: { name: string }) =>
    `There is a brand kit called “${name}” already. Give this one another name, or change that one.`,
  'kits-too-many': ({ most }: { most: number }) =>
    `There are ${most} brand kits already, as many as a workspace can have. Remove one first.`,
  'kit-colour-unreadable': ({ given }: { given: string }) =>
    `\`${given}\` is not a colour I can read. Write it like \`#1a2b3c\`, several with commas between them.`,
  'kit-colours-too-many': ({ most }: { most: number }) => `A brand kit has up to ${most} colours.`,
  'kit-voice-too-long': ({ most }: { most: number }) =>
    `The voice is a sentence or two: up to ${most} characters.`,
  'kit-bans-too-many': ({ most, length }: { most: number; length: number }) =>
    `A brand kit names up to ${most} things that are never shown, each in up to ${length} characters.`,
  'caps-unordered': () =>
    'The limit for one take may not be above that for one video, nor any limit above that for the whole month. Nothing was changed.',
} as const;

type Sentences = typeof sentences;
export type RefusalCode = keyof Sentences;

/** The campaign's "no": an answer, and a change of nothing. */
export interface Refusal {
  refusal: RefusalCode;
  sentence: string;
}

export function refuse<C extends RefusalCode>(code: C, ...values: Parameters<Sentences[C]>): Refusal {
  const say = sentences[code] as (...given: unknown[]) => string;
  return { refusal: code, sentence: say(...values) };
}

export const isRefusal = (answer: object): answer is Refusal => 'refusal' in answer;

export const refusalCodes = Object.keys(sentences) as RefusalCode[];
