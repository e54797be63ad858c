import { refuse } from '../src/campaign/refusal.ts';
import { statusCalled, statusNames } from '../src/campaign/status.ts';
import { shorten } from '../src/campaign/words.ts';
import type { Command, Meant, Typed } from './command.ts';

/** What of `needs review`, `Status: needs-review` or "only approved" names a state. */
function stateIn({ text, options }: Typed): string {
  const { status = text } = options;
  return status
    .replace(/^\s*(?:(?:--)?status\s*[:=]?|only|all the|the)\s+/i, '')
    .replace(/[?!.]+\s*$/, '')
    .trim();
}

function read(typed: Typed): Meant {
  const given = stateIn(typed);
  if (/^(?:all|everything)?$/i.test(given)) return { ask: { about: 'campaigns' } };
  const status = statusCalled(given);
  const known = Object.values(statusNames).join(', ');
  return status
    ? { ask: { about: 'campaigns', status } }
    : { refuse: [refuse('status-unknown', { given: shorten(given, 60), known })] };
}

export const videoCampaigns: Command = {
  name: 'video-campaigns',
  summary: 'What is being made here, and what waits for somebody',
  example: '/video-campaigns needs review',
  options: [
    { name: 'status', kind: 'text', choices: 'status', summary: 'Only those, for example “needs review”' },
  ],
  read,
};
