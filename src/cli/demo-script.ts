import { type Campaign, lastRevision } from '../campaign/campaign.ts';
import type { Terminal } from '../chat/terminal/platform.ts';
import { whyReferenceRefused } from '../chat/wording.ts';
import { Never } from '../errors.ts';
import type { App } from '../wiring/app.ts';
import type { DemoOptions } from './demo-options.ts';

interface Stage {
  app: App;
  seat: Terminal;
  options: DemoOptions;
  say: (text: string) => void;
  /** What was answered so far, where nobody saw it. */
  answers: () => string;
}

const patience = 120_000;

/** The whole main job, typed line by line through the doors a person uses. */
export async function play({ app, seat, options, say, answers }: Stage): Promise<Campaign> {
  say('Maya has a brief and a logo');
  await seat.type(opening(options));
  const id = await campaignOpened(app, answers);
  const when = (holds: (campaign: Campaign) => boolean) => app.until(id, holds, patience);
  const seen = (key: string) => app.shown(id, key, patience);

  stopIfRefused(await when((c) => c.references.every((r) => r.state !== 'fetching')));
  await when((c) => c.revisions.length > 0);

  say('She refines it in her own words');
  await seat.type('make it warmer, and keep the camera low');
  await when((c) => (lastRevision(c)?.n ?? 0) > 1 && !c.refining);

  say('Stills first: she picks the second');
  await seat.type('show me stills');
  await when((c) => c.boards.at(-1)?.stills.every((s) => s.state !== 'requested') ?? false);
  await seat.type('pick still 2');
  await when((c) => c.boards.at(-1)?.picked === 2);

  say('Go');
  await seat.type('go');
  await reviewed(when, 1);
  await seen('review:1a');

  say('Lee, who may approve, asks for a change in one sentence');
  await seat.type(':as lee');
  await seat.type(':react changes darker and slower, please');
  await reviewed(when, 2);
  await seen('review:2a');

  say('The second take answers it: Lee approves');
  await seat.type(':react approve');
  const approved = await when((c) => c.phase === 'approved');
  await app.idle(`campaign:${id}`, patience);
  await seat.type('/video-campaigns');
  return approved;
}

function opening({ brief, logo, references, ...chosen }: DemoOptions): string {
  const flags = (['template', 'platform', 'duration', 'aspect'] as const).flatMap((name) =>
    chosen[name] === null ? [] : [`--${name} ${chosen[name]}`],
  );
  const files = [`--logo "${logo}"`, ...references.map((file) => `--reference "${file}"`)];
  return `/video ${brief} ${[...flags, ...files].join(' ')}`;
}

/** A brief that was refused opened nothing; its answer says why. */
async function campaignOpened(app: App, answers: () => string): Promise<string> {
  const [head] = await app.engine.board({ workspace: 'demo', limit: 1 });
  if (!head) throw new Never('demo-refused', answers() || 'The brief was not taken; see above.');
  return head.stream.split(':')[1] ?? '';
}

function stopIfRefused(campaign: Campaign): void {
  const refused = campaign.references.find((r) => r.state === 'refused');
  if (!refused) return;
  throw new Never(
    'demo-refused',
    `${refused.name} was not taken: ${whyReferenceRefused(refused.code ?? '')}`,
  );
}

async function reviewed(
  when: (holds: (campaign: Campaign) => boolean) => Promise<Campaign>,
  take: number,
): Promise<void> {
  const ended = (c: Campaign) => c.takes.find((t) => t.n === take && t.endedAt !== null);
  const campaign = await when((c) => ended(c) !== undefined);
  const reason = ended(campaign)?.reason;
  if (reason) throw new Never('demo-failed', `Take ${take} came to nothing: ${reason}.`);
}
