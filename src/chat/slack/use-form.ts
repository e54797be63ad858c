import type { types } from '@slack/bolt';
import { z } from 'zod';
import { video } from '../../../commands/video.ts';
import type { Intent } from '../../campaign/intent.ts';
import { mostReferences, type Offer } from '../../campaign/reference.ts';
import { refuse } from '../../campaign/refusal.ts';
import type { Suggestion } from '../chat.ts';
import { plainly } from '../fitted.ts';
import { section } from './blocks.ts';
import * as inputs from './inputs.ts';
import { input, Sent } from './inputs.ts';
import * as limits from './limits.ts';
import { faultsOf, forms, modal, type Naming, type Read } from './modal.ts';
import type { Shown } from './shown.ts';
import { escaped } from './text.ts';

const fresh = 'new';

/** Which video a message and its pictures go into. `running`: campaigns by their id and title. */
export function useForm(message: {
  channel: string;
  /** Where the shortcut that opened it is answered. */
  url?: string | null;
  words: string;
  shown: readonly Shown[];
  running: readonly Suggestion[];
  chosen?: string;
}): types.ModalView {
  const { channel, url = null, words, running, chosen } = message;
  const pictures = carried({ channel, url }, message.shown);
  const into = inputs.choice([{ value: fresh, label: 'A new video' }, ...running], chosen ?? fresh);
  return modal(
    forms.use,
    { title: 'Use in a video', submit: 'Use', about: { channel, url, files: pictures } },
    [
      section(picturesIn(pictures, message.shown.length - pictures.length)),
      into && input('campaign', { label: 'In which video?', optional: false }, into),
      input('prompt', { label: 'What should be said about it?' }, inputs.writing(words)),
    ],
  );
}

const longestName = 60;

/** As many as a form brings back and a campaign holds. */
function carried(about: object, all: readonly Shown[]): Shown[] {
  const some: Shown[] = [];
  for (const one of all) {
    const named = { ...one, name: plainly(one.name, longestName) || 'picture' };
    const size = JSON.stringify({ ...about, files: [...some, named] }).length;
    if (some.length < mostReferences && size <= limits.longestMetadata) some.push(named);
  }
  return some;
}

function picturesIn(pictures: readonly Shown[], left: number): string {
  const names = pictures.map(({ name }) => escaped(name, 100)).join(', ');
  const count = pictures.length === 1 ? 'One picture' : `${pictures.length} pictures`;
  const none = left > 0 ? '' : 'This message has no pictures; its words are used.';
  const [which, them] = left === 1 ? ['One picture does', 'it'] : [`${left} pictures do`, 'them'];
  const rest = left > 0 ? `${which} not fit in here: send ${them} into the thread of the video.` : '';
  return [pictures.length > 0 ? `${count}: ${names}` : none, rest].filter(Boolean).join('\n');
}

const Used = z.object({
  channel: z.string(),
  files: z.array(
    z.union([
      z.object({ name: z.string(), id: z.string() }),
      z.object({ name: z.string(), url: z.string() }),
    ]),
  ),
});

/** A message taken into a running campaign is said there; into a new one, it is its brief. */
export function readUse(
  view: unknown,
  naming: Naming,
): Read<{ at: { campaign: string } | { place: string }; place: string; intent: Intent }> {
  const sent = Sent.parse(view);
  const { channel, files } = Used.parse(JSON.parse(sent.private_metadata));
  const place = naming.place(channel);
  const words = inputs.saidIn(sent, 'prompt');
  const campaign = inputs.saidIn(sent, 'campaign');
  const references = files.map(
    (one): Offer => ({
      name: one.name,
      purpose: null,
      source:
        'id' in one
          ? { kind: 'attachment', attachment: naming.attachment(one.id) }
          : { kind: 'link', url: one.url },
    }),
  );
  if (campaign !== fresh) {
    if (!words && files.length === 0)
      return { faults: { prompt: 'Say something, or choose a message with pictures.' } };
    return { at: { campaign }, place, intent: { type: 'say', words, references } };
  }
  const meant = video.read({ text: words, options: {}, files: references, place });
  if ('refuse' in meant) return { faults: faultsOf(meant.refuse, inputs.namesIn(sent)) };
  return 'tell' in meant
    ? { at: { place }, place, intent: meant.tell }
    : { faults: faultsOf([refuse('brief-empty')], []) };
}
