import { TryLater } from '../../errors.ts';
import type { Turn } from '../../queue/pace.ts';
import { recent } from '../../recent.ts';
import type { Card } from '../card.ts';
import type { Showing, ShowResult } from '../chat.ts';
import { type CardSenderParts, newCardSender } from './card-sender.ts';
import type { Call } from './client.ts';
import { newPauses } from './pauses.ts';
import { type Spot, spotOf } from './places.ts';
import { signs } from './react.ts';
import { rendered } from './rendered.ts';
import { edit, hopeless, post, readBack } from './send.ts';
import { isAmbiguous, shutBy, slackError } from './trouble.ts';
import { findUpload, upload } from './upload.ts';

export interface PosterParts extends Omit<CardSenderParts, 'pauses'> {
  /** Milliseconds after which a message that is not there was not sent. */
  settle: number;
  /** Milliseconds to the first try at a door that was shut. */
  knock: number;
  /** Milliseconds between two edits in a whole workspace, in the long run: Slack allows fifty a minute. */
  edit: number;
  /** Milliseconds between two edits of a card that moves. */
  betweenEdits: number;
}

const manyKnown = 5_000;

/** Slack allows about one message a second in a channel. */
const posts = ({ team, channel }: Spot): Turn => ({
  key: `slack/${team}/${channel}/posts`,
  every: 1_000,
  burst: 3,
});
const edits = ({ team }: Spot, every: number): Turn => ({ key: `slack/${team}/edits`, every, burst: 10 });
/** What moves leaves turns to what is said once, such as a result. */
const left = 5;

/** Something is still under way, so another state follows by itself. */
const moves = ({ progress }: Card): boolean =>
  progress.some(({ state }) => state === 'running' || state === 'waiting');

const takesVerdicts = ({ buttons }: Card): boolean => buttons.some(({ does }) => does.type === 'vote');

/** Shows cards as messages: posted once, edited afterwards; films as files. */
export function newPoster(given: PosterParts) {
  const parts = { ...given, pauses: newPauses(given.clock) };
  const shownAs = newCardSender(parts);
  /** By key the attempt that surely sent nothing. Another process may have made a later one. */
  const unsent = recent<number>(manyKnown);
  const seeded = new Set<string>();

  /** One attempt; where it is proven that nothing was sent, the next need not look. */
  async function attempted<T>({ sendKey, since = 0 }: Showing, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (!isAmbiguous(error)) unsent.set(sendKey, since);
      throw error;
    }
  }

  async function showNew(showing: Showing, spot: Spot, call: Call): Promise<ShowResult> {
    const { card, campaign, sendKey, guard } = showing;
    const { film } = card;
    if (film) {
      const comment = rendered(card, campaign).text;
      return attempted(showing, () => upload({ spot, sendKey, file: film, comment, guard }, call, parts));
    }
    const turns = [posts(spot)];
    return attempted(showing, () =>
      shownAs(showing, spot, call, (content, again) =>
        post(call, spot, content, sendKey, { turns: again ? [] : turns, guard }),
      ),
    );
  }

  async function showAgain(showing: Showing, message: string, spot: Spot, call: Call): Promise<ShowResult> {
    const { card, sendKey } = showing;
    if (card.film) return { kind: 'shown', message };
    const { betweenEdits: every } = parts;
    const own: Turn = { key: `slack/${spot.team}/${spot.channel}/${message}`, every, burst: 1 };
    const all = edits(spot, parts.edit);
    const turns = moves(card) ? [{ ...all, spare: left }, own] : [all];
    const at = { message, sendKey };
    return shownAs(showing, spot, call, (content, again) =>
      edit(call, spot, at, content, again ? [] : turns),
    );
  }

  /** What is kept out of a channel waits, more and more slowly, to be let in again. */
  async function atDoor<T>({ team, channel }: Spot, work: () => Promise<T>): Promise<T> {
    const door = `door ${team}/${channel}`;
    try {
      const done = await work();
      parts.pauses.over(door);
      return done;
    } catch (error) {
      const why = shutBy(error);
      if (!why) throw error;
      const delay = parts.pauses.next(door, parts.knock);
      throw new TryLater(`kept out: ${why}`, { delay, sent: false, cause: error });
    }
  }

  /** The three signs under a review; they are a convenience, so what fails is left to the next edit. */
  async function seed(spot: Spot, message: string, call: Call): Promise<void> {
    for (const name of Object.keys(signs)) {
      const key = `${spot.team}/${spot.channel}/${message} ${name}`;
      if (seeded.has(key)) continue;
      try {
        await call('reactions.add', { channel: spot.channel, timestamp: message, name });
      } catch (error) {
        if (error instanceof TryLater && !slackError(error.cause)) return;
      }
      if (seeded.size > manyKnown) seeded.clear();
      seeded.add(key);
    }
  }

  return {
    async show(showing: Showing, call: Call): Promise<ShowResult> {
      const spot = spotOf(showing.place);
      const { known, card } = showing;
      const result = await atDoor(spot, () =>
        known === null ? showNew(showing, spot, call) : showAgain(showing, known, spot, call),
      );
      if (result.kind === 'shown' && takesVerdicts(card)) await seed(spot, result.message, call);
      return result;
    },
    async find(
      place: string,
      { sendKey, since }: { sendKey: string; since: number },
      call: Call,
    ): Promise<{ message: string } | 'absent' | 'unknown'> {
      const spot = spotOf(place);
      if (unsent.get(sendKey) === since) return 'absent';
      const heard = parts.echoes.of(sendKey);
      if (heard) return { message: heard.ts };
      const waited = parts.clock() - since;
      const isSettled = waited >= parts.settle;
      const file = await findUpload({ spot, sendKey }, call, { ...parts, isSettled });
      const found = file ?? (await atDoor(spot, () => readBack(call, spot, sendKey)));
      if (found === 'absent' && !isSettled) return 'unknown';
      const isHopeless = found === 'unknown' && file === null && waited >= parts.settle * hopeless;
      return isHopeless ? 'absent' : found;
    },
  };
}
