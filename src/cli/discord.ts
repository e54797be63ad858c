import { parseArgs } from 'node:util';
import { API } from '@discordjs/core';
import { REST } from 'discord.js';
import { registration } from '../chat/discord/commands.ts';
import { applicationOf, register } from '../chat/discord/register.ts';
import { type Config, readConfig } from '../config.ts';
import { Never } from '../errors.ts';

const usage = `npm run discord -- register               the commands, in all servers that have Dailies
npm run discord -- register --guild ID    in one server only, where they change at once: for development
npm run discord -- register --dry-run     shows what would be sent, and sends nothing`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function bringUpToDate(config: Config, guild: string | null): Promise<void> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: api } = config;
  if (!token)
    throw new Never('config', 'DISCORD_TOKEN is not set: copy it from “Bot” in the Developer Portal.');
  const discord = new API(new REST(api ? { api } : {}).setToken(token));
  const application = config.DISCORD_APPLICATION_ID ?? (await applicationOf(discord));
  const { kind, commands } = await register(discord, application, guild);
  const where = guild ? `in the server ${guild}` : 'in all servers';
  say(
    kind === 'changed'
      ? `${commands} commands are registered ${where}.`
      : `Nothing to do: ${commands} commands stand ${where} as they should.`,
  );
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { guild: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  });
  if (positionals[0] !== 'register') {
    say(usage);
    process.exitCode = positionals.length === 0 ? 0 : 1;
  } else if (values['dry-run']) say(JSON.stringify(registration(), null, 2));
  else await bringUpToDate(readConfig(), values.guild ?? null);
} catch (error) {
  const status = (error as { status?: number }).status;
  const known =
    error instanceof Never
      ? error.message
      : status === 401
        ? 'Discord does not accept DISCORD_TOKEN.'
        : String(error);
  process.stderr.write(`${known}\n`);
  process.exitCode = 1;
}
