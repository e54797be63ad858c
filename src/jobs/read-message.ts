import { type Campaign, openQuestion } from '../campaign/campaign.ts';
import type { LanguageProvider, ReadOrder } from '../providers/language.ts';
import { type Job, repeatable } from './job.ts';

/** Asks the language model what a message meant. Whatever it says, the schema bounds it. */
export const readMessage = (language: LanguageProvider): Job<'read-message'> =>
  repeatable(async ({ message }, { campaign, signal, sent }) => {
    const heard = campaign.heard.find((m) => m.message === message);
    if (!heard) return { done: true };
    const stills = campaign.boards.at(-1)?.stills.filter((s) => s.state === 'ready').length ?? 0;
    let cost = 0;
    const reading = await language.read(
      { words: heard.words, phase: campaign.phase, stills, asked: askedOf(campaign) },
      signal,
      (micros) => {
        cost += micros;
      },
    );
    await sent();
    return { outcome: { type: 'message.understood', message, reading, cost } };
  });

function askedOf(campaign: Campaign): NonNullable<ReadOrder['asked']> | null {
  const about = openQuestion(campaign);
  return about === 'logo' ? null : about;
}
