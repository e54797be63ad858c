import type { LanguageProvider } from '../providers/language.ts';
import { type Job, repeatable } from './job.ts';

/** Asks the language model what a message meant. Whatever it says, the schema bounds it. */
export const readMessage = (language: LanguageProvider): Job<'read-message'> =>
  repeatable(async ({ message }, { campaign, signal, sent }) => {
    const heard = campaign.heard.find((m) => m.message === message);
    if (!heard) return { done: true };
    const stills = campaign.boards.at(-1)?.stills.filter((s) => s.state === 'ready').length ?? 0;
    const reading = await language.read({ words: heard.words, phase: campaign.phase, stills }, signal);
    await sent();
    return { outcome: { type: 'message.understood', message, reading } };
  });
