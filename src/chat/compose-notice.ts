import type { Notice } from '../workspace/notice.ts';
import { type Card, card } from './card.ts';

/** What admins should know, and what they can do about it. */
export function composeNotice(notice: Notice): Card {
  const { variable } = notice;
  return notice.reason === 'bad-key'
    ? card({
        title: `${variable} is refused`,
        text: [
          'Its provider does not accept this key any more, so whatever needs it fails or goes to other models. Put a valid key into the environment and start Dailies again.',
        ],
      })
    : card({
        title: `The account behind ${variable} has no credit`,
        text: [
          'Top it up at its provider. Until then whatever needs it fails or goes to other models; nothing has to be restarted.',
        ],
      });
}
