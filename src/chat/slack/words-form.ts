import type { types } from '@slack/bolt';
import { z } from 'zod';
import { Intent } from '../../campaign/intent.ts';
import type { Refusal } from '../../campaign/refusal.ts';
import type { Pressed } from './button.ts';
import * as inputs from './inputs.ts';
import { input, Sent } from './inputs.ts';
import { longestInput } from './limits.ts';
import { asError, type Faults, forms, modal } from './modal.ts';

type Asking = Pressed & { asks: NonNullable<Pressed['asks']> };

/** The words a button waits for; `before`: those that are to be changed. */
export const wordsForm = ({ campaign, intent, asks }: Asking, before: string): types.ModalView =>
  modal(forms.words, { title: asks.title, submit: asks.title, about: { campaign, intent } }, [
    input(
      'words',
      { label: asks.label, optional: false, ...(before.length > longestInput && { hint: tooLong }) },
      inputs.writing(before),
    ),
  ]);

const tooLong = 'What there is now is longer than a form may be. It stands in the thread, to be copied from.';

const Waiting = z.object({ campaign: z.string(), intent: Intent });

export function readWords(view: unknown): { campaign: string; intent: Intent } {
  const sent = Sent.parse(view);
  const { campaign, intent } = Waiting.parse(JSON.parse(sent.private_metadata));
  return { campaign, intent: Intent.parse({ ...intent, words: inputs.saidIn(sent, 'words') }) };
}

/** The form with one input has one place for every "no". */
export const faultOfWords = ({ sentence }: Refusal): Faults => ({ words: asError(sentence) });
