import type { APIMessage } from '@discordjs/core';
import { TryLater } from '../../errors.ts';
import type { Turn } from '../../queue/pace.ts';
import { recent } from '../../recent.ts';
import type { Card } from '../card.ts';
import type { Showing, ShowResult } from '../chat.ts';
import type { Buttons } from './button.ts';
import type { Call } from './client.ts';
import type { Guilds } from './guilds.ts';
import * as limits from './limits.ts';
import { attached, nameOf, type PictureParts, picturesOf } from './pictures.ts';
import { type Spot, spotOf, timeOf } from './places.ts';
import { seed, takesVerdicts } from './react.ts';
import { type Rendered, render } from './render.ts';
import { edit, markerOf, post, readBack } from './send.ts';
import { isAmbiguous, isArchived, isGone, isTooLarge } from './trouble.ts';
import { linksTo, showFilm, type UploadParts } from './upload.ts';

export interface PosterParts extends PictureParts, UploadParts {
  call: Call;
  upload: Call;
  guilds: Guilds;
  buttons: Buttons;
  clock: () => number;
  /** Milliseconds between two edits of a card that moves. */
  betweenEdits: number;
}

/** Five a second in a channel are borne; what moves leaves some to what is said once. */
const edits = ({ channel }: Spot): Turn => ({ key: `discord/${channel}/edits`, every: 1_100, burst: 5 });
const left = 2;

/** Something is still under way, so another state follows by itself. */
const moves = ({ progress }: Card): boolean =>
  progress.some(({ state }) => state === 'running' || state === 'waiting');

const opens = ({ key, card }: Showing): boolean => key === 'brief' && card.buttons.length > 0;

/** Shows cards as messages: posted once, edited afterwards, and posted anew where Discord no longer lets them move. */
export function newPoster(parts: PosterParts) {
  const { call, upload, guilds, buttons, clock } = parts;
  /** By key the attempt that surely sent nothing. Another process may have made a later one. */
  const unsent = recent<number>(manyKnown);

  /** One attempt; where it is proven that nothing was sent, the next need not look. */
  async function attempted(
    { sendKey, since = 0 }: Showing,
    send: () => Promise<ShowResult>,
  ): Promise<ShowResult> {
    unsent.delete(sendKey);
    try {
      return await send();
    } catch (error) {
      if (!isAmbiguous(error)) unsent.set(sendKey, since);
      throw error;
    }
  }

  async function compose(
    showing: Showing,
    marker: number,
    available: ReadonlySet<string>,
  ): Promise<Rendered> {
    const rendered = render(showing.card, {
      campaign: showing.campaign,
      media: (file) => (available.has(nameOf(file)) ? `attachment://${nameOf(file)}` : null),
      marker,
      talk: opens(showing),
      links: linksTo(showing.card.link, parts),
    });
    await buttons.keepAll(rendered.pressables, spotOf(showing.place).guild);
    return rendered;
  }

  const bring = async (files: readonly ReturnType<typeof picturesOf>[number][], { guild }: Spot) => {
    if (files.length === 0) return [];
    const limit = await guilds.limit(guild);
    return (await Promise.all(files.map((file) => attached(file, limit, parts)))).flat();
  };

  async function showNew(showing: Showing, spot: Spot, sendKey = showing.sendKey): Promise<string> {
    const files = await bring(picturesOf(showing.card), spot);
    const send = async (some: typeof files) => {
      const available = new Set(some.map(({ name }) => name));
      const { container, called } = await compose(showing, markerOf(sendKey), available);
      const by = some.length > 0 ? upload : call;
      return (await post(by, spot.channel, { container, files: some, called }, sendKey, showing.guard)).id;
    };
    try {
      return await send(files);
    } catch (error) {
      // A card says what it has to say without its pictures too.
      if (files.length > 0 && isTooLarge(error)) return send([]);
      throw error;
    }
  }

  /** Files that are there already stay, so that what did not change is not sent again. */
  async function showAgain(
    showing: Showing,
    message: string,
    spot: Spot,
    sendKey = showing.sendKey,
  ): Promise<void> {
    const wanted = picturesOf(showing.card);
    const there = wanted.length > 0 ? await filesOf(call, spot, message) : [];
    const names = new Set(wanted.map(nameOf));
    const kept = there.filter(({ filename }) => names.has(filename));
    const has = new Set(kept.map(({ filename }) => filename));
    const files = await bring(
      wanted.filter((file) => !has.has(nameOf(file))),
      spot,
    );
    const available = new Set([...has, ...files.map(({ name }) => name)]);
    const { container } = await compose(showing, markerOf(sendKey), available);
    const content = { container, files, kept: kept.map(({ id }) => id) };
    await edit(
      files.length > 0 ? upload : call,
      { channel: spot.channel, message },
      content,
      turnsFor(showing, spot, message),
    );
  }

  function turnsFor({ card }: Showing, spot: Spot, message: string): Turn[] {
    const own: Turn = { key: `discord/${message}`, every: parts.betweenEdits, burst: 1 };
    return moves(card) ? [{ ...edits(spot), spare: left }, own] : [edits(spot)];
  }

  /**
   * A message older than an hour may be edited only now and then, so another one takes its place. That is named after
   * it, for whoever comes after a crash; the old one is taken away last.
   */
  async function replace(showing: Showing, old: string, spot: Spot): Promise<ShowResult> {
    const name = successorOf(showing.sendKey, old);
    const found = await successor(showing, old, spot);
    if (!found) await call((api) => api.channels.getMessage(spot.channel, old));
    else await showAgain(showing, found, spot, name);
    const message = found ?? (await showNew(showing, spot, name));
    await call((api) => api.channels.deleteMessage(spot.channel, old)).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
    return { kind: 'shown', message };
  }

  /** What took its place already, before a crash. */
  async function successor({ sendKey }: Showing, old: string, { channel }: Spot): Promise<string | null> {
    const since = timeOf(old) + limits.editable;
    const found = await readBack(call, channel, markerOf(successorOf(sendKey, old)), since);
    if (found === 'unknown')
      throw new TryLater('the channel may not be read', { delay: 60_000, sent: false });
    return found === 'absent' ? null : found.message;
  }

  async function showOld(showing: Showing, message: string, spot: Spot): Promise<ShowResult> {
    if (moves(showing.card)) return replace(showing, message, spot);
    try {
      await showAgain(showing, message, spot);
      return { kind: 'shown', message };
    } catch (error) {
      if (isGone(error) && (await successor(showing, message, spot))) return replace(showing, message, spot);
      if (!(error instanceof TryLater) || error.sent || error.delay < longWait) throw error;
      return replace(showing, message, spot);
    }
  }

  async function attempt(showing: Showing, spot: Spot): Promise<ShowResult> {
    const { known, card } = showing;
    if (card.film && known) return { kind: 'shown', message: known };
    if (card.film)
      return { kind: 'shown', message: await showFilm({ ...showing, film: card.film }, spot, parts) };
    if (known === null) return { kind: 'shown', message: await showNew(showing, spot) };
    if (clock() - timeOf(known) > limits.editable) return showOld(showing, known, spot);
    await showAgain(showing, known, spot);
    return { kind: 'shown', message: known };
  }

  return {
    async show(showing: Showing): Promise<ShowResult> {
      const spot = spotOf(showing.place);
      const result = await attempted(showing, () => opening(call, spot, () => attempt(showing, spot))).catch(
        insteadOf,
      );
      if (result.kind === 'shown' && takesVerdicts(showing.card)) await seed(call, spot, result.message);
      return result;
    },
    find: async (at: string, sendKey: string, since = 0) =>
      unsent.get(sendKey) === since
        ? ('absent' as const)
        : readBack(call, spotOf(at).channel, markerOf(sendKey), since),
  };
}

const manyKnown = 5_000;
const longWait = 30_000;
const successorOf = (sendKey: string, old: string): string => `${old}${sendKey}`.slice(0, 25);

/** What an archived thread refuses is done once it is open again. */
async function opening<T>(call: Call, { channel }: Spot, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isArchived(error)) throw error;
    await call((api) => api.channels.edit(channel, { archived: false }));
    return work();
  }
}

function insteadOf(error: unknown): ShowResult {
  if (isGone(error)) return { kind: 'gone' };
  if (isAmbiguous(error)) return { kind: 'ambiguous' };
  throw error;
}

async function filesOf(call: Call, { channel }: Spot, message: string): Promise<APIMessage['attachments']> {
  return (await call((api) => api.channels.getMessage(channel, message))).attachments;
}
