import { z } from 'zod';
import { Never } from '../../errors.ts';
import { card } from '../card.ts';
import { type Desk, privately, respond, writeTo } from './desk.ts';
import { SlashCommand } from './incoming.ts';
import { renderedTogether } from './rendered.ts';
import type { Content } from './send.ts';
import { carryOut } from './slash.ts';

/** A command as it came, and when, in milliseconds. */
const Accepted = z.object({ at: z.number(), typed: SlashCommand });
type Accepted = z.infer<typeof Accepted>;

/** As much of it as an answer needs, whatever version wrote it down. */
const Reachable = SlashCommand.pick({ team_id: true, user_id: true, response_url: true });
const Unread = z.object({ typed: Reachable });

const shelf = 'accepted/';

/** Milliseconds: younger than this it is not left lying, but being done. */
const beingDone = 10_000;
/** Milliseconds that we try; what answers a command works for half an hour. */
const patience = 25 * 60_000;

const saying = (title: string): Content => renderedTogether([card({ title })], null);
const sorry = saying('I could not do that: something went wrong on my side. Please type it once more.');
const wait = saying(
  'I have your words, but something is in my way. I go on trying; there is nothing to do for you.',
);

/**
 * What somebody typed is written down as it came, acknowledged, and carried out only then: deciding takes as long as it
 * takes, while Slack and the person wait for one short commit. What was left lying by a process that died, or could
 * not be done yet, is taken up at the next look, of whichever process; done twice, it does nothing twice.
 * `sweep`: milliseconds between looks.
 */
export function acceptance(desk: Desk, sweep: number) {
  const underway = new Set<string>();
  const delayed = new Set<string>();

  const drop = (key: string) => desk.keep.put(key, null);

  async function work(key: string, accepted: Accepted, isFresh: boolean): Promise<void> {
    const { typed } = accepted;
    const said = await resultOf(key, accepted);
    if (said) await answer(typed, said);
    if (said || !isFresh) await drop(key);
    delayed.delete(key);
  }

  /** What is to be answered, once it is done or given up. Throws where it is to be tried again. */
  async function resultOf(key: string, { at, typed }: Accepted): Promise<Content | undefined> {
    try {
      return await carryOut(typed, key, desk);
    } catch (error) {
      if (!isHopeless(error) && desk.clock() - at < patience) {
        await sayOnce(key, typed);
        throw error;
      }
      desk.log.error('slack: a command is given up', { error });
      return sorry;
    }
  }

  async function sayOnce(key: string, typed: SlashCommand): Promise<void> {
    if (delayed.has(key)) return;
    delayed.add(key);
    await answer(typed, wait).catch(() => {});
  }

  /** Where the address of the command is dead, in their own conversation with us. */
  async function answer(to: z.infer<typeof Reachable>, said: Content): Promise<void> {
    await respond(desk.hosts, to.response_url, privately(said)).catch(() =>
      writeTo(desk, to.team_id, to.user_id, said),
    );
  }

  function begin(key: string, accepted: Accepted, isFresh = false): void {
    if (underway.has(key)) return;
    underway.add(key);
    desk.later('a command', () => work(key, accepted, isFresh).finally(() => underway.delete(key)));
  }

  async function takeUp(key: string, since: number): Promise<void> {
    const kept = await desk.keep.get(key);
    const { data: accepted } = Accepted.safeParse(kept);
    if (accepted && accepted.at <= since) begin(key, accepted);
    if (accepted || kept === null) return;
    desk.log.error('slack: a command cannot be read any more');
    const { data: unread } = Unread.safeParse(kept);
    if (unread) await answer(unread.typed, sorry);
    await drop(key);
  }

  async function takeUpAll(since: number): Promise<void> {
    for (const key of await desk.keep.list(shelf))
      await takeUp(key, since).catch((error: unknown) =>
        desk.log.error('slack: a command is left lying', { error }),
      );
  }

  const look = (since: number) => desk.later('looking for commands', () => takeUpAll(since));
  look(Number.POSITIVE_INFINITY);
  const timer = setInterval(() => look(desk.clock() - beingDone), sweep).unref();

  return {
    /** Resolves after the commit. */
    async accept(typed: SlashCommand): Promise<void> {
      const accepted = { at: desk.clock(), typed };
      const key = `${shelf}${typed.trigger_id}`;
      await desk.keep.put(key, accepted, typed.team_id);
      begin(key, accepted, true);
    },
    stop: () => clearInterval(timer),
  };
}

/** No time helps; our own house's trouble is mended by somebody. */
const isHopeless = (error: unknown): boolean => error instanceof Never && !error.isHouseTrouble;
