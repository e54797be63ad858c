import { discordStandIn } from './discord.ts';

/**
 * A Discord of so many servers, in a process of its own: it tells its parent the variables that lead to it, and `told`
 * once somebody has heard of all of them.
 */
const [guilds = '2500'] = process.argv.slice(2);
const crowd = { guilds: Number(guilds), channels: 40, roles: 30, emojis: 30 };
const discord = await discordStandIn({ gateway: { crowd } });
process.on('disconnect', () => process.exit());
process.send?.({ variables: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api } });
await discord.gateway.connected();
process.send?.('told');
