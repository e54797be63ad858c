import { openApp } from '../chat/slack/app.ts';

/** One life of the app in Slack: says where it is reached, and works until it is killed. */
const [folder = '', apiUrl = '', token = '', signingSecret = ''] = process.argv.slice(2);
const { url } = await openApp({ apiUrl, app: { appToken: '', signingSecret } }, folder, { token });
process.stdout.write(`${url}\n`);
