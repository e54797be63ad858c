import { openStatuses } from '../campaign/status.ts';
import type { Journal } from '../journal/journal.ts';
import { campaigns } from './aggregate.ts';
import type { Engine } from './engine.ts';

const atOnce = 100;

/**
 * A tenant has gone: nothing new is begun, and whatever is open is cancelled, which calls back what runs. May be
 * asked again under the same id after a crash in the middle, and then does the rest.
 */
export async function suspend(engine: Engine, { id, workspace }: { id: string; workspace: string }) {
  await engine.tellWorkspace({ id, workspace, person: '', intent: { type: 'suspend' } });
  for (const status of openStatuses) {
    let open = await engine.board({ workspace, status, limit: atOnce });
    while (open.length > 0) {
      for (const { stream } of open) await cancel(engine, { id, workspace, stream });
      open = await engine.board({ workspace, status, limit: atOnce });
    }
  }
}

/** Tenants that have gone, of which something is open still: who was to `suspend` them came to no end. */
export const halfGone = (journal: Pick<Journal, 'workspaces'>): Promise<string[]> =>
  journal.workspaces('suspended', { kind: campaigns.kind, statuses: openStatuses });

async function cancel(engine: Engine, gone: { id: string; workspace: string; stream: string }) {
  const campaign = gone.stream.slice('campaign:'.length);
  const { refusal } = await engine.tell({
    id: `${gone.id}/${campaign}`,
    workspace: gone.workspace,
    person: '',
    at: { campaign },
    intent: { type: 'cancel' },
  });
  // Decided on meanwhile, it is not open any more.
  if (refusal && refusal.refusal !== 'cancel-decided')
    throw new Error(`${gone.stream} could not be cancelled: ${refusal.refusal}`);
}
