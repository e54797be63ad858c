import { TryLater } from '../../errors.ts';
import type { CardFile } from '../card.ts';
import type { Showing, ShowResult } from '../chat.ts';
import type { Call } from './client.ts';
import type { Pauses } from './pauses.ts';
import { decorationsOf, newPictures, type PictureParts } from './pictures.ts';
import type { Spot } from './places.ts';
import { rendered } from './rendered.ts';
import type { Content } from './send.ts';
import { newShapes } from './shape.ts';
import { isPictureRefused } from './trouble.ts';

export interface CardSenderParts extends PictureParts {
  clock: () => number;
  pauses: Pauses;
  /** Where everybody can open a film of ours; null without a public address. */
  linkTo: (file: CardFile) => string | null;
}

/** `again`: it was refused a moment ago in another shape, which has taken its turn. */
type Send = (content: Content, again: boolean) => Promise<ShowResult>;

/** Longer than Slack ever takes to look through a picture. */
const patience = 10 * 60_000;

/** Sends cards with as much of them as Slack takes, and says whether more of it can follow. */
export function newCardSender(parts: CardSenderParts) {
  const { pauses, clock, linkTo: address } = parts;
  const shaped = newShapes(clock);
  const pictures = newPictures(parts);
  const waitFor = (sendKey: string): string => `pictures of ${sendKey}`;
  /** A picture takes Slack a second or so, and now and then minutes. */
  const pauseFor = (sendKey: string): number => pauses.next(waitFor(sendKey), 4 * parts.look);
  const notYet = (sendKey: string, cause?: unknown) =>
    new TryLater('a picture is on its way', { delay: pauseFor(sendKey), sent: false, cause });

  /** What is still missing may follow, unless it has been missing for too long. */
  function withRest(sent: ShowResult, sendKey: string): ShowResult {
    const delay = pauseFor(sendKey);
    const isOver = sent.kind !== 'shown' || pauses.waited(waitFor(sendKey)) > patience;
    return isOver ? sent : { ...sent, rest: delay };
  }

  return async function sendCard(
    { card, campaign, sendKey }: Showing,
    spot: Spot,
    call: Call,
    send: Send,
  ): Promise<ShowResult> {
    const all = { decorated: decorationsOf(card).length > 0, linked: parts.addressOf !== null };
    let isAll = true;
    try {
      const sent = await shaped(spot.team, all, async (shape, again) => {
        const isBare = all.decorated && !shape.decorated;
        if (isBare) await pictures.doubt(card, spot);
        const found = await pictures.of(card, spot, shape, call);
        if (found === 'late') throw notYet(sendKey);
        isAll = found.isWhole && !isBare;
        const { picture } = found;
        return send(rendered(card, campaign, { picture, address, rich: shape.rich }), again);
      });
      if (!isAll) return withRest(sent, sendKey);
      pauses.over(waitFor(sendKey));
      return sent;
    } catch (error) {
      if (!isPictureRefused(error)) throw error;
      await pictures.doubt(card, spot);
      throw notYet(sendKey, error);
    }
  };
}
