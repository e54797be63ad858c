import { card } from '../card.ts';
import { rendered } from './rendered.ts';
import type { Content } from './send.ts';

const below = 'Everything about this video is in the thread below. Reply there to change it.';

/** The message a conversation hangs from. */
export const rootContent = (title: string): Content => rendered(card({ title, text: [below] }), null);
