import { z } from 'zod';
import { card } from '../card.ts';
import { type Desk, privately, respond } from './desk.ts';
import { SlashCommand } from './incoming.ts';
import { renderedTogether } from './rendered.ts';
import { carryOut } from './slash.ts';

/** A command as it came, and when, in milliseconds. */
const Accepted = z.object({ at: z.number(), typed: SlashCommand });
type Accepted = z.infer<typeof Accepted>;

const shelf = 'accepted/';

/** Milliseconds: younger than this it is not left lying, but being done. */
const beingDone = 10_000;
/** Milliseconds that we try; what answers a command works for half an hour. */
const patience = 25 * 60_000;

const sorry = privately(
  renderedTogether(
    [card({ title: 'I could not do that: something went wrong on my side. Please type it once more.' })],
    null,
  ),
);

/**
 * What somebody typed is written down as it came, acknowledged, and carried out only then: deciding takes as long as it
 * takes, while Slack and the person wait for one short commit. What was left lying by a process that died, or could
 * not be done yet, is taken up at the next look, of whichever process; done twice, it does nothing twice.
 * `sweep`: milliseconds between looks.
 */
export function acceptance(desk: Desk, sweep: number) {
  const underway = new Set<string>();

  async function work(key: string, { at, typed }: Accepted): Promise<void> {
    try {
      await done(typed, at);
      await desk.keep.put(key, null);
    } finally {
      underway.delete(key);
    }
  }

  async function done(typed: SlashCommand, at: number): Promise<void> {
    try {
      const said = await carryOut(typed, desk);
      if (said) await respond(desk.hosts, typed.response_url, said);
    } catch (error) {
      if (desk.clock() - at < patience) throw error;
      desk.log.error('slack: a command is given up', { error });
      await respond(desk.hosts, typed.response_url, sorry).catch(() => {});
    }
  }

  function begin(key: string, accepted: Accepted): void {
    if (underway.has(key)) return;
    underway.add(key);
    desk.later('a command', () => work(key, accepted));
  }

  async function takeUp(since: number): Promise<void> {
    for (const key of await desk.keep.list(shelf)) {
      const accepted = Accepted.safeParse(await desk.keep.get(key)).data;
      if (accepted && accepted.at <= since) begin(key, accepted);
    }
  }

  const look = (since: number) => desk.later('looking for commands', () => takeUp(since));
  look(Number.POSITIVE_INFINITY);
  const timer = setInterval(() => look(desk.clock() - beingDone), sweep).unref();

  return {
    /** Resolves after the commit. */
    async accept(typed: SlashCommand): Promise<void> {
      const accepted = { at: desk.clock(), typed };
      const key = `${shelf}${typed.trigger_id}`;
      await desk.keep.put(key, accepted, typed.team_id);
      begin(key, accepted);
    },
    stop: () => clearInterval(timer),
  };
}
