import { setTimeout as nap } from 'node:timers/promises';
import { buttonAmong } from '../chat/slack/buttons.ts';
import type { Delivery } from '../support/slack/deliveries.ts';
import type { Message } from '../support/slack/world.ts';
import type { Services } from './services.ts';

/** How a campaign is to end, and where it is. */
export interface Played {
  name: string;
  channel: string;
  wanted: 'approved' | 'cancelled';
  /** How often people had to ask for it, because Slack told them that nobody heard. */
  asked: number;
  ended: boolean;
}

const look = 40;
/** Milliseconds within which what was asked for shows, whatever happens meanwhile. */
const patience = 120_000;
/** After Slack said that nobody heard, people look for a while whether it happened all the same. */
const doubt = 6_000;

/** Says `broken` in the words of a promise. */
export class Broken extends Error {}

/** Of each campaign, an Ada asks for films and a Lee decides, by Slack alone; what Slack says failed, they do once more. */
export function openPeople({ slack, team }: Pick<Services, 'slack' | 'team'>) {
  async function seen<T>(find: () => T | null | undefined | false, within: number): Promise<T | null> {
    const until = Date.now() + within;
    for (;;) {
      const found = find();
      if (found) return found;
      if (Date.now() > until) return null;
      await nap(look);
    }
  }

  /** Does it until Slack says it was heard; what was heard has to show, unless it was only a `passing` wish. */
  async function insist<T>(
    what: string,
    act: () => Promise<Delivery | null>,
    shows: () => T | null | undefined | false,
    passing = false,
  ): Promise<{ shown: T; asked: number }> {
    const last = Date.now() + patience;
    for (let asked = 1; ; asked++) {
      const heard = ((await act())?.acked ?? false) && !passing;
      const shown = await seen(shows, heard ? patience : doubt);
      if (shown) return { shown, asked };
      if (heard) throw new Broken(`P4: ${what} was acknowledged, and nothing came of it`);
      if (Date.now() > last) throw new Broken(`P2: ${what} was not heard in ${patience} ms`);
    }
  }

  async function waited<T>(what: string, find: () => T | null | undefined | false): Promise<T> {
    const found = await seen(find, patience);
    if (found) return found;
    throw new Broken(`P2: ${what} did not show in ${patience} ms`);
  }

  return async function play(played: Played): Promise<void> {
    const { name, wanted } = played;
    const ada = team.person(`ada of ${name}`);
    const lee = team.person(`lee of ${name}`, { isAdmin: true });
    const place = team.channel(name, [ada, lee]);
    played.channel = place.id;
    const posts = () => slack.posts().filter(({ channel }) => channel === place.id);
    const says = (words: RegExp) => () => posts().find(({ text }) => words.test(text));
    const press =
      (by: typeof ada, label: RegExp, among: () => Message[] = posts) =>
      async (): Promise<Delivery | null> => {
        const found = buttonAmong(among(), label);
        return found && by.presses(found.message, found.id);
      };
    const shows = (label: RegExp) => waited(`${name}: button ${label}`, () => buttonAmong(posts(), label));

    const opened = await insist(
      `${name}: /video`,
      () => ada.types(place, '/video a calm film for Aurora tea, 3s'),
      () => posts().find(({ thread_ts }) => !thread_ts),
    );
    played.asked = opened.asked;
    await shows(/^Generate/);
    await insist(`${name}: Generate`, press(ada, /^Generate/), says(/^Take 1 ·/));
    if (wanted === 'cancelled') {
      await insist(`${name}: Cancel`, press(ada, /^Cancel/), says(/cancelled/i));
      played.ended = true;
      return;
    }
    await shows(/^Approve/);
    const { shown: form } = await insist(
      `${name}: Request changes`,
      press(lee, /^Request changes/),
      () => lee.views()[0],
      true,
    );
    const reason = async () => (form.closed ? null : lee.submits(form, { words: 'slower, please' }));
    await insist(`${name}: the reason`, reason, says(/^Take 2 ·/));
    await waited(`${name}: the second review`, says(/^Review of cut 2a/));
    await insist(`${name}: Approve`, press(lee, /^Approve/), says(/^Review of cut 2a: approved/));
    played.ended = true;
  };
}
