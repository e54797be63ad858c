import type { Fault as OpenAiFault } from '../support/openai-faults.ts';
import type { Fault as ReplicateFault, Spot } from '../support/replicate/faults.ts';
import type { Fault as SlackFault } from '../support/slack/faults.ts';

/** How one of those we talk to may fail once. */
export type Mood =
  | { whose: 'Replicate'; spot: Spot; fault: ReplicateFault }
  | { whose: 'OpenAI'; fault: OpenAiFault }
  | { whose: 'Slack'; spot: string; fault: SlackFault };

const badGateway = '<html>Bad gateway</html>';

export const moods: readonly Mood[] = [
  { whose: 'Replicate', spot: 'create', fault: { kind: 'drop' } },
  { whose: 'Replicate', spot: 'create', fault: { kind: 'reset' } },
  { whose: 'Replicate', spot: 'create', fault: { kind: 'body', text: badGateway, status: 502 } },
  { whose: 'Replicate', spot: 'create', fault: { kind: 'status', status: 429, retryAfter: 1 } },
  { whose: 'Replicate', spot: 'list', fault: { kind: 'status', status: 500 } },
  { whose: 'Replicate', spot: 'get', fault: { kind: 'drop' } },
  { whose: 'Replicate', spot: 'delivery', fault: { kind: 'drop' } },
  { whose: 'OpenAI', fault: 'error-500' },
  { whose: 'OpenAI', fault: 'drop' },
  { whose: 'OpenAI', fault: 'rate-limit' },
  { whose: 'Slack', spot: 'chat.postMessage', fault: { kind: 'drop' } },
  { whose: 'Slack', spot: 'chat.postMessage', fault: { kind: 'status', status: 500 } },
  { whose: 'Slack', spot: 'chat.update', fault: { kind: 'reset' } },
  { whose: 'Slack', spot: 'files.completeUploadExternal', fault: { kind: 'drop' } },
  { whose: 'Slack', spot: 'conversations.replies', fault: { kind: 'status', status: 429, retryAfter: 1 } },
];
