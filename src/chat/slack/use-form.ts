import type { types } from '@slack/bolt';
import { z } from 'zod';
import { video } from '../../../commands/video.ts';
import type { Intent } from '../../campaign/intent.ts';
import { mostReferences, type Offer } from '../../campaign/reference.ts';
import { refuse } from '../../campaign/refusal.ts';
import type { Suggestion } from '../chat.ts';
import { section } from './blocks.ts';
import * as inputs from './inputs.ts';
import { input, Sent } from './inputs.ts';
import { faultsOf, forms, modal, type Naming, type Read } from './modal.ts';
import { escaped } from './text.ts';

interface File {
  id: string;
  name?: string | null | undefined;
}

const fresh = 'new';

/** Which video a message and its pictures go into. `running`: campaigns by their id and title. */
export function useForm(message: {
  channel: string;
  words: string;
  files: readonly File[];
  running: readonly Suggestion[];
  chosen?: string;
}): types.ModalView {
  const { channel, words, running, chosen } = message;
  const files = message.files.slice(0, mostReferences).map(({ id, name }) => ({ id, name: nameOf(name) }));
  const into = inputs.choice([{ value: fresh, label: 'A new video' }, ...running], chosen ?? fresh);
  return modal(forms.use, { title: 'Use in a video', submit: 'Use', about: { channel, files } }, [
    section(picturesIn(files)),
    into && input('campaign', { label: 'In which video?', optional: false }, into),
    input('prompt', { label: 'What should be said about it?' }, inputs.writing(words)),
  ]);
}

const longestName = 60;
const nameOf = (name: string | null | undefined): string =>
  [...(name || 'picture')].slice(0, longestName).join('');

function picturesIn(files: readonly { name: string }[]): string {
  if (files.length === 0) return 'This message has no pictures; its words are used.';
  const names = files.map(({ name }) => escaped(name, 100)).join(', ');
  return `${files.length === 1 ? 'One picture' : `${files.length} pictures`}: ${names}`;
}

const Used = z.object({
  channel: z.string(),
  files: z.array(z.object({ id: z.string(), name: z.string() })),
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
    ({ id, name }): Offer => ({
      name,
      purpose: null,
      source: { kind: 'attachment', attachment: naming.attachment(id) },
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
