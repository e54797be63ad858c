import { type Bag, isBag } from './block-kit/shapes.ts';
import type { Client } from './client.ts';
import type { Delivery } from './deliveries.ts';
import { Refused } from './refused.ts';
import { respond } from './respond.ts';
import type { Channel } from './world.ts';

/** Typing slash commands; they cannot be typed in threads, but where the bot is no member. */
export function openCommands({ around, workspace, user, trigger, responseUrl, tried }: Client) {
  const { app, deliveries, commands } = around;

  async function types(place: Channel, typed: string): Promise<Delivery> {
    const [, command = '', text = ''] = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(typed) ?? [];
    if (!command) throw new Error(`"${typed}" is no command`);
    if (commands && !commands.includes(command)) throw new Error(`${command} is no valid command`);
    const url = responseUrl(place.id, null);
    const payload = {
      token: 'verification-token',
      team_id: workspace.id,
      team_domain: workspace.domain,
      channel_id: place.id,
      channel_name: nameOf(place),
      user_id: user.id,
      user_name: user.name,
      command,
      text: text.trim(),
      api_app_id: app.appId,
      is_enterprise_install: 'false',
      response_url: url,
      trigger_id: trigger(),
    };
    const sent = deliveries.send({ type: 'slash_commands', name: command, payload, answerable: true });
    const { answer } = await sent.done;
    if (hasWords(answer)) show(place, command, answer);
    return sent;
  }

  /** An answer that travels with the acknowledgement is shown as if it went to the response URL. */
  function show(place: Channel, command: string, answer: unknown): void {
    const said = typeof answer === 'string' ? { text: answer } : (answer as Bag);
    const id = responseUrl(place.id, null).split('/').at(-1) ?? '';
    tried(command, answer, () => {
      const { body } = respond(around, id, said);
      if (body['ok'] === false) throw new Refused(String(body['error']), body);
    });
  }

  return { types };
}

const nameOf = ({ kind, name }: Channel) =>
  ({ channel: name, group: 'privategroup', im: 'directmessage', mpim: name })[kind];

const hasWords = (answer: unknown) =>
  (typeof answer === 'string' && answer !== '') || (isBag(answer) && Object.keys(answer).length > 0);
