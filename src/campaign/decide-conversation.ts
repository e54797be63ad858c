import { billWording } from './accounts.ts';
import { refineAnew, requestRefinement } from './ask-to-refine.ts';
import { openQuestion } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { cancel } from './decide-cancel.ts';
import { useMyWords } from './decide-prompt.ts';
import { offer } from './decide-references.ts';
import { changeSettings } from './decide-settings.ts';
import { makeStills, pickStill } from './decide-stills.ts';
import { generate } from './decide-takes-asked.ts';
import type { Among, IntentOf } from './intent.ts';
import { offerFor } from './offer.ts';
import { readOptions } from './option.ts';
import type { OutcomeOf } from './outcome.ts';
import type { Meaning } from './prompt.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { reply, replyRefusal } from './reply.ts';
import { clean, hasWords, longestBrief } from './words.ts';

/** A message in the conversation: its files are references, its options settings, its words are read next. */
export function hear(draft: Draft, intent: IntentOf<'say'>, context: Context): Refusal | undefined {
  const said = clean(intent.words);
  if (said.length > longestBrief) return refuse('message-too-long', { most: longestBrief });
  const { words, options, faults, references } = readOptions(said);
  const [fault] = faults;
  if (fault) return fault;
  for (const offered of [...intent.references, ...references]) {
    const refused = offer(draft, offered, context);
    if (refused) return refused;
  }
  if (Object.keys(options).length > 0) {
    const refused = changeSettings(draft, options, context);
    if (refused) return refused;
    reply(draft, { about: 'noted', what: 'settings' });
  }
  if (hasWords(words)) listen(draft, words, intent.among, context);
  else if (words) reply(draft, { about: 'unclear' });
  return undefined;
}

const listen = (draft: Draft, words: string, among: Among | undefined, context: Context): void =>
  draft.add({
    type: 'message.heard',
    at: context.now,
    message: context.id(),
    person: context.person,
    words,
    ...(among && among.length > 1 ? { among } : {}),
  });

/** What a message meant, applied in its order. Each "no" is said aloud; the rest of the message still counts. */
export function understood(
  draft: Draft,
  outcome: OutcomeOf<'message.understood'>,
  context: Context,
): undefined {
  const message = draft.campaign.heard.find((m) => m.message === outcome.message);
  const person = message?.person ?? '';
  billWording(draft, { ...context, person }, 'message', outcome.cost);
  if (!message) return;
  draft.add({ type: 'message.read', message: message.message });
  const by = { ...context, person };
  const { meanings } = outcome.reading;
  const { among } = message;
  for (const meaning of among ? meanings.filter(isNote) : meanings) {
    if (isCancelled(draft)) return;
    const refused = apply(draft, meaning, by);
    if (refused) replyRefusal(draft, refused);
  }
  if (among && !meanings.every(isNote)) reply(draft, { about: 'which-video', among });
}

/** What buys, decides and ends nothing: said to another video than was meant, it does no harm. */
const notes: ReadonlySet<Meaning['kind']> = new Set<Meaning['kind']>([
  ...(['refine', 'must', 'must-not', 'product', 'tagline', 'verbatim', 'price', 'help', 'unclear'] as const),
]);
const isNote = ({ kind }: Meaning): boolean => notes.has(kind);

const isCancelled = (draft: Draft): boolean => draft.campaign.phase === 'cancelled';

function apply(draft: Draft, meaning: Meaning, context: Context): Refusal | undefined {
  switch (meaning.kind) {
    case 'refine':
      return wish(draft, meaning.note);
    case 'must':
      return amend(draft, { must: { words: meaning.text } }, 'must');
    case 'must-not':
      return amend(draft, { mustNot: { words: meaning.text } }, 'must-not');
    case 'product':
      return amend(draft, { product: meaning.text }, 'product');
    case 'tagline':
      return amend(draft, { tagline: meaning.text }, 'tagline');
    case 'price':
      return price(draft, context);
    case 'pick':
      return pickStill(draft, { still: meaning.still });
    case 'stills':
      return makeStills(draft, context);
    case 'go':
      return generate(draft, context);
    case 'verbatim':
      return useMyWords(draft, context);
    case 'cancel':
      return cancel(draft, context);
    case 'verdict':
      return say(draft, 'verdict-by-button');
    case 'help':
      return say(draft, 'help');
    case 'unclear':
      return say(draft, 'unclear');
  }
}

function say(draft: Draft, about: 'verdict-by-button' | 'help' | 'unclear'): undefined {
  reply(draft, { about });
}

/** A wish in the words of the person; where a description is asked for, it is that as well. */
function wish(draft: Draft, note: string): undefined {
  if (openQuestion(draft.campaign) === 'description') {
    draft.add({ type: 'brief.amended', description: { words: note } });
  }
  requestRefinement(draft, note);
}

function amend(
  draft: Draft,
  change: { must?: { words: string }; mustNot?: { words: string }; product?: string; tagline?: string },
  what: 'must' | 'must-not' | 'product' | 'tagline',
): undefined {
  draft.add({ type: 'brief.amended', ...change });
  reply(draft, { about: 'noted', what });
  refineAnew(draft);
}

function price(draft: Draft, context: Context): Refusal | undefined {
  const offer = offerFor(draft.campaign, context.catalogue);
  if (isRefusal(offer)) return offer;
  const { model, price: micros, wait } = offer;
  const { seconds } = draft.campaign.settings;
  reply(draft, { about: 'price', model: model.name, seconds, micros, wait });
  return undefined;
}
