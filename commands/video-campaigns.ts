import type { Command, Typed } from './command.ts';
import { plainWord } from './typed.ts';

/** The status as the board spells it, out of `needs review`, `Status: needs-review` or "only approved". */
function statusIn({ text, options }: Typed): string {
  const { status = text } = options;
  return plainWord(status.replace(/^\s*(?:(?:--)?status\s*[:=]?|only|all the|the)\s+/i, ''));
}

export const videoCampaigns: Command = {
  name: 'video-campaigns',
  summary: 'What is being made here, and what waits for somebody',
  example: '/video-campaigns needs review',
  options: [
    { name: 'status', kind: 'text', choices: 'status', summary: 'Only those, for example “needs review”' },
  ],
  read(typed) {
    const status = statusIn(typed);
    const isFilter = status !== '' && status !== 'all';
    return { ask: { about: 'campaigns', ...(isFilter && { status }) } };
  },
};
