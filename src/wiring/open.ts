import type { Chats } from '../chat/chat.ts';
import { Never } from '../errors.ts';
import type { App } from './app.ts';
import type { Options } from './assemble.ts';

/** The mode the environment asks for; what only the other one needs is not loaded. */
export async function openApp<Platforms extends Chats>(options: Options<Platforms>): Promise<App<Platforms>> {
  if (options.config.DATABASE_URL) return (await import('./scaled.ts')).scaled(options);
  if (options.role === undefined || options.role === 'all')
    return (await import('./embedded.ts')).embedded(options);
  throw new Never('config', `--role ${options.role} needs DATABASE_URL: a data folder has one process.`);
}
