import type { API } from '@discordjs/core';
import { DiscordAPIError } from '@discordjs/rest';
import { invited } from './permissions.ts';

/** What `npm start` says about Discord: what is connected, what is missing, and what to do next. */
export interface Status {
  connected: boolean;
  lines: string[];
}

interface Seen {
  api: API;
  application: string | null;
  readsEverything: boolean;
}

const inviteAddress = (application: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${application}&scope=bot+applications.commands&permissions=${invited}`;

/** Asks Discord who we are, and what is registered. */
export async function statusOf({ api, application, readsEverything }: Seen): Promise<Status> {
  try {
    const me = await api.users.getCurrent();
    const id = application ?? me.id;
    const registered = await api.applicationCommands.getGlobalCommands(id);
    const reads = readsEverything
      ? 'It reads every message in its threads.'
      : 'It reads what mentions it or replies to its cards (DISCORD_MESSAGE_CONTENT=true adds the rest).';
    return {
      connected: true,
      lines: [
        `Discord is connected as ${me.username}. ${reads}`,
        ...(registered.length > 0
          ? []
          : ['Its commands are not registered yet: npm run discord -- register']),
        `Servers invite Dailies at ${inviteAddress(id)}`,
      ],
    };
  } catch (error) {
    return { connected: false, lines: [`Discord is not connected: ${wrongWith(error)}`] };
  }
}

const wrongWith = (error: unknown): string =>
  error instanceof DiscordAPIError && error.status === 401
    ? 'DISCORD_TOKEN is not accepted. Copy a new one from “Bot” in the Developer Portal (Reset Token).'
    : 'it does not answer. Check the network, and DISCORD_API_URL if it is set; Dailies goes on trying.';
