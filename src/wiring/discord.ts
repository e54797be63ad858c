import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CardFile } from '../chat/card.ts';
import type { Discord, DiscordOptions } from '../chat/discord/platform.ts';
import type { Config } from '../config.ts';
import { withFolder } from '../media/film.ts';
import type { Storage } from '../storage/storage.ts';
import type { House } from './app.ts';

/** Seconds. A film is permanent, and so is the way to it. */
const linkLives = 10 * 365 * 86_400;

/** Discord, if there is a token. Its libraries are loaded only then. */
export async function discordOf(
  config: Config,
  house: House,
  fatal: (sentence: string) => void,
): Promise<Discord | null> {
  const { DISCORD_TOKEN: token } = config;
  if (!token) return null;
  const { discord } = await import('../chat/discord/platform.ts');
  return discord({
    ...discordParts(house, config.PUBLIC_URL),
    token,
    readsEverything: config.DISCORD_MESSAGE_CONTENT,
    fatal,
    ...(config.DISCORD_APPLICATION_ID ? { application: config.DISCORD_APPLICATION_ID } : {}),
    ...(config.DISCORD_API_URL ? { apiUrl: config.DISCORD_API_URL } : {}),
    ...(config.DISCORD_CDN_URL ? { cdnUrl: config.DISCORD_CDN_URL } : {}),
  });
}

// Pictures and film take much memory, and whoever only hears people seldom makes any.
const previews = () => import('../media/preview.ts');
const posters = () => import('../media/poster.ts');

/** What the house lends the platform. `publicUrl` is where people reach us, if they do. */
export function discordParts(
  { storage, keep, holds, pace, clock, log }: House,
  publicUrl: string | undefined,
): Omit<DiscordOptions, 'token' | 'fatal'> {
  return {
    ...{ pace, clock, log },
    keep: keep('discord'),
    holds: holds('discord'),
    read: (key) => storage.read(key),
    preview: (file, bytes) =>
      made(storage, file, async (from, to) => (await previews()).preview(from, to, bytes)),
    poster: (file) =>
      made(storage, file, async (from, to) => (await posters()).poster(from, to).then(() => true)),
    smaller: async (file, bytes) => (await previews()).smallerPicture(await wholeOf(storage, file), bytes),
    linkTo: ({ key }) => (publicUrl?.startsWith('https:') ? storage.url(key, linkLives) : null),
  };
}

/** What `make` writes, out of a file of ours; null where it says that it cannot. */
async function made(
  storage: Storage,
  file: CardFile,
  make: (from: string, to: string) => Promise<boolean>,
): Promise<Buffer | null> {
  return withFolder(async (folder) => {
    const [from, to] = [join(folder, 'in.mp4'), join(folder, 'out')];
    await storage.fetchTo(file.key, from);
    return (await make(from, `${to}.mp4`)) ? await readFile(`${to}.mp4`) : null;
  });
}

async function wholeOf(storage: Storage, { key }: CardFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await storage.read(key)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
