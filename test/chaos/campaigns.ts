import { setTimeout as nap } from 'node:timers/promises';
import { buttonAmong } from '../chat/slack/buttons.ts';
import type { Delivery } from '../support/slack/deliveries.ts';
import type { Services } from './services.ts';

/**
 * What people do with a campaign. `changes`: the second take is approved; `cancel`: it is called off while its take is
 * made; `cap`: takes are asked for until the campaign's budget is used up, and the last one is approved.
 */
export type Story = 'changes' | 'cancel' | 'cap';

/** A campaign as people remember it. */
export interface Played {
  name: string;
  story: Story;
  channel: string;
  /** How often they had to ask for it, because Slack told them that nobody heard. */
  asked: number;
  /** What they decided, e.g. `1a request-changes`, in order. */
  decided: string[];
  ended: boolean;
}

const look = 40;
/** After Slack said that nobody heard, people look for a while whether it happened all the same. */
const doubt = 6_000;

/** More than any budget here allows. */
const mostTakes = 8;

/** Says `broken` in the words of a promise. */
export class Broken extends Error {}

/**
 * Of each campaign, an Ada asks for films and a Lee decides, by Slack alone; what Slack says failed, they do once more.
 * `patience`: milliseconds within which what was asked for shows, whatever happens meanwhile.
 */
export function openPeople({ slack, team }: Pick<Services, 'slack' | 'team'>, patience: number) {
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
    const { name, story, decided } = played;
    const ada = team.person(`ada of ${name}`);
    const lee = team.person(`lee of ${name}`, { isAdmin: true });
    const place = team.channel(name, [ada, lee]);
    played.channel = place.id;
    const posts = () => slack.posts().filter(({ channel }) => channel === place.id);
    const says = (words: RegExp) => () => posts().find(({ text }) => words.test(text));
    const has = (label: RegExp) => () => buttonAmong(posts(), label);
    const press = (by: typeof ada, label: RegExp) => async (): Promise<Delivery | null> => {
      const found = has(label)();
      return found && by.presses(found.message, found.id);
    };
    const refused = () => ada.ephemerals(place).some(({ text }) => /budget/.test(text));

    async function opens(): Promise<void> {
      const typed = () => ada.types(place, '/video a calm film for Aurora tea, 3s');
      const { asked } = await insist(`${name}: /video`, typed, () => posts().find((m) => !m.thread_ts));
      played.asked = asked;
      await waited(`${name}: Generate`, has(/^Generate/));
      await insist(`${name}: Generate`, press(ada, /^Generate/), says(/^Take 1 ·/));
    }

    async function wantsChanges(): Promise<void> {
      await waited(`${name}: the first review`, has(/^Approve/));
      const what = `${name}: Request changes`;
      const { shown: form } = await insist(what, press(lee, /^Request changes/), () => lee.views()[0], true);
      const reason = async () => (form.closed ? null : lee.submits(form, { words: 'slower, please' }));
      await insist(`${name}: the reason`, reason, says(/^Take 2 ·/));
      decided.push('1a request-changes');
    }

    async function approves(take: number): Promise<void> {
      await waited(`${name}: the review of take ${take}`, says(new RegExp(`^Review of cut ${take}a`)));
      const approved = says(new RegExp(`^Review of cut ${take}a: approved`));
      await insist(`${name}: Approve`, press(lee, /^Approve/), approved);
      decided.push(`${take}a approve`);
    }

    /** Gives the number of the last take there was money for. */
    async function spendsAll(): Promise<number> {
      for (let take = 1; take < mostTakes; take++) {
        await waited(`${name}: the review of take ${take}`, says(new RegExp(`^Review of cut ${take}a`)));
        const next = says(new RegExp(`^Take ${take + 1} ·`));
        await insist(`${name}: Another take`, press(ada, /^Another take/), () => refused() || next());
        if (refused()) return take;
      }
      return mostTakes;
    }

    await opens();
    if (story === 'cancel')
      await insist(`${name}: Cancel`, press(ada, /^Cancel/), says(/^Aurora \(cancelled\)/));
    else if (story === 'cap') await approves(await spendsAll());
    else {
      await wantsChanges();
      await approves(2);
    }
    played.ended = true;
  };
}
