import { openApp } from '../chat/discord/app.ts';

/** One life of the app in Discord: says when it hears, and works until it is killed. */
const [folder = '', api = '', token = ''] = process.argv.slice(2);
await openApp({ api, token }, folder);
process.stdout.write('listening\n');
