import { randomBytes, randomInt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Installation, InstallationStore, StateStore } from '@slack/bolt';
import { z } from 'zod';
import type { Keep } from '../chat.ts';
import type { Installed, Installs } from './installed.ts';

interface Parts {
  keep: Keep;
  clock: () => number;
  /** A workspace has installed us anew. */
  onInstalled: (coming: { id: string; workspace: string }) => Promise<void>;
}

const Kept = z.object({ at: z.number(), installation: z.looseObject({}) });
const keyOf = (team: string) => `installation/${team}`;

/**
 * Installations, kept sealed, by workspace. One that is refreshed keeps the time it was made at: only a person's new
 * installation is newer than the removal of the one before.
 */
export function installationsIn({ keep, clock, onInstalled }: Parts) {
  const anew = new WeakSet<object>();
  const read = async (team: string) => Kept.safeParse(await keep.get(keyOf(team))).data ?? null;

  const store: InstallationStore = {
    async storeInstallation(installation) {
      const team = installation.team?.id;
      if (!team) throw new Error('an installation without a workspace');
      const before = await read(team);
      const at = anew.has(installation) || !before ? clock() : before.at;
      if (at !== before?.at) await onInstalled({ id: `installed/${at}`, workspace: team });
      await keep.put(keyOf(team), { at, installation });
    },
    async fetchInstallation({ teamId }) {
      const kept = teamId ? await read(teamId) : null;
      if (!kept) throw new Error('not installed');
      return kept.installation as unknown as Installation;
    },
  };
  return {
    store,
    /** Marks what a person has just installed. */
    isNew: (installation: object) => void anew.add(installation),
    installedAt: async (team: string): Promise<number | null> => (await read(team))?.at ?? null,
    forget: (team: string) => keep.put(keyOf(team), null),
  };
}

type Authorize = (query: {
  teamId: string;
  enterpriseId: undefined;
  isEnterpriseInstall: false;
}) => Promise<{ botToken?: string; botId?: string; botUserId?: string }>;

/** Tokens as they are valid now: one that ends soon is changed, by one at a time per workspace. */
export function installsBy(authorize: Authorize, kept: ReturnType<typeof installationsIn>): Installs {
  const asking = new Map<string, Promise<Installed | null>>();

  async function ask(team: string): Promise<Installed | null> {
    const at = await kept.installedAt(team);
    if (at === null) return null;
    const query = { teamId: team, enterpriseId: undefined, isEnterpriseInstall: false } as const;
    const { botToken, botId, botUserId } = await authorize(query);
    return botToken && botId && botUserId
      ? { team, token: botToken, bot: botId, botUser: botUserId, at }
      : null;
  }

  return {
    of(team) {
      const asked = asking.get(team) ?? ask(team).finally(() => asking.delete(team));
      asking.set(team, asked);
      return asked;
    },
    installedAt: kept.installedAt,
    forget: kept.forget,
  };
}

const stateLives = 10 * 60_000;
const State = z.object({
  secret: z.string(),
  at: z.number(),
  options: z.looseObject({ scopes: z.array(z.string()) }),
});
/** Anybody may ask for a state, and most are never used: a later one takes the place of an elder. */
const slots = 4_096;

/** A state opens one installation, once, within ten minutes. */
export const statesIn = ({ keep, clock }: Pick<Parts, 'keep' | 'clock'>): StateStore => ({
  async generateStateParam(options) {
    const secret = randomBytes(24).toString('base64url');
    const slot = randomInt(slots);
    await keep.put(`state/${slot}`, { secret, at: clock(), options });
    return `${slot}.${secret}`;
  },
  async verifyStateParam(_now, state) {
    const [, slot, secret] = /^(\d{1,4})\.(.+)$/.exec(state) ?? [];
    const key = `state/${slot}`;
    const isIt = (found: unknown) => State.safeParse(found).data?.secret === secret;
    // Looked at before it is taken: whoever guesses takes nothing from anybody.
    const kept = isIt(await keep.get(key)) ? State.safeParse(await keep.take(key)).data : null;
    if (!kept || kept.secret !== secret || clock() - kept.at > stateLives)
      throw new Error('this installation link was used or is too old');
    return kept.options as Awaited<ReturnType<StateStore['verifyStateParam']>>;
  },
});

/** What a browser shows at the end of an installation. */
export function page(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(
    `<!doctype html><html lang="en"><title>Dailies</title><body style="font:18px system-ui;max-width:32em;margin:4em auto"><p>${sentence}</p></body></html>`,
  );
}
