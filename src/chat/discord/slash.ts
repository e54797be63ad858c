import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIChatInputApplicationCommandGuildInteraction,
  type APIMessageApplicationCommandGuildInteraction,
  ApplicationCommandOptionType,
} from '@discordjs/core';
import type { Command } from '../../../commands/command.ts';
import { commands } from '../../../commands/index.ts';
import type { Intent } from '../../campaign/intent.ts';
import type { ChoiceSource } from '../../campaign/question.ts';
import type { Offer } from '../../campaign/reference.ts';
import { card } from '../card.ts';
import type { Suggestion } from '../chat.ts';
import { matching } from '../choices.ts';
import { plainly } from '../fitted.ts';
import { answering, type FormAsked } from './answer.ts';
import { approver, approverRole, opensVideo, unlessByApps } from './approvers.ts';
import { askerOf, openedCard, tellAsker } from './asker.ts';
import { keepAddresses, offersIn, offersOf } from './attachment.ts';
import { formBehind, idOf, type Pressable } from './button.ts';
import type { Desk } from './desk.ts';
import { formOf } from './form.ts';
import { isGallery, showGallery } from './gallery.ts';
import { choicesOffered, longestChoice } from './limits.ts';
import { missingCard } from './permissions.ts';
import { isThread, placeOf } from './places.ts';
import { answerTo } from './told.ts';

type Slash = APIChatInputApplicationCommandGuildInteraction;
type Given = APIApplicationCommandInteractionDataBasicOption;

/** A command with its options. A bare `/video` opens a form. */
export async function slash(typed: Slash, desk: Desk): Promise<void> {
  const command = commands.find(({ name }) => name === typed.data.name);
  const given = (typed.data.options ?? []) as Given[];
  const here = placeOf({ guild: typed.guild_id, channel: typed.channel.id });
  const asks = command?.read({ text: '', options: optionsIn(given), files: [], place: here });
  if (asks && 'ask' in asks && isGallery(asks.ask)) return showGallery(typed, asks.ask, desk);
  await answering(typed, desk, async () => {
    if (!command) return { cards: [card({ title: 'There is no such command (any more).' })], campaign: null };
    if (opensVideo(command) && given.length === 0)
      return formFor({ guild: typed.guild_id, place: here }, desk);
    const place = await placeFor(typed, desk);
    const files = await filesIn(command, given, typed, desk);
    const approvers = approversIn(given);
    const asked = command.read({ text: '', options: optionsIn(given), files, place });
    const meant = unlessByApps(asked, approvers.people, typed.data.resolved?.users);
    const opens = 'tell' in meant && meant.tell.type === 'open';
    const closed = opens ? missingCard(typed.app_permissions) : null;
    if (closed) return { cards: [closed], campaign: null };
    const told = await answerTo(
      meant,
      { ...from(typed), place, asker: askerOf(typed, desk) },
      desk,
      approvers,
    );
    if (told.opened && told.campaign) tellOpened(told.campaign, desk);
    return told;
  });
}

const from = ({ id, guild_id, member }: Pick<Slash, 'id' | 'guild_id' | 'member'>) => ({
  id: `command/${id}`,
  workspace: guild_id,
  person: member.user.id,
});

/** A thread with a video in it cannot have another: then its channel is meant. */
export async function placeFor(
  { guild_id: guild, channel }: Pick<Slash, 'guild_id' | 'channel'>,
  desk: Desk,
): Promise<string> {
  const here = placeOf({ guild, channel: channel.id });
  const parent = isThread(channel) && 'parent_id' in channel ? channel.parent_id : null;
  return parent && (await desk.doors.campaignAt(guild, here)) ? placeOf({ guild, channel: parent }) : here;
}

/** Who asked is told where it goes on, by this process or by the one that opens the thread. */
export function tellOpened(campaign: string, desk: Desk): void {
  desk.later('answer', async () => {
    const place = await desk.keep.get(`opened/${campaign}`);
    if (typeof place === 'string') await tellAsker(campaign, openedCard(place), desk);
  });
}

const optionsIn = (given: readonly Given[]): Record<string, string> =>
  Object.fromEntries(
    given
      .filter(
        ({ name, type }) =>
          type !== ApplicationCommandOptionType.Attachment && name !== approver && name !== approverRole,
      )
      .map(({ name, value }) => [name, String(value)]),
  );

const approversIn = (given: readonly Given[]) => {
  const ids = (wanted: string) =>
    given.filter(({ name }) => name === wanted).map(({ value }) => String(value));
  return { people: ids(approver), groups: ids(approverRole) };
};

async function filesIn(
  { options }: Command,
  given: readonly Given[],
  { data, guild_id: guild }: Slash,
  { keep }: Desk,
): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (const { name, type, value } of given) {
    const file = type === ApplicationCommandOptionType.Attachment && data.resolved?.attachments?.[value];
    const purpose = options.find((one) => one.name === name)?.purpose ?? null;
    if (file) offers.push(...(await offersOf([file], keep, { guild }, purpose)));
  }
  return offers;
}

interface Begun {
  guild: string;
  place: string;
  words?: string;
  references?: Offer[];
}

function formFor({ guild, place, words = '', references = [] }: Begun, { buttons }: Desk): FormAsked {
  const asks = { title: 'A new video', label: 'What should it show?', ...(words && { value: words }) };
  const intent: Intent = { type: 'open', words: '', options: {}, references, place };
  const pressable: Pressable = { campaign: null, intent, asks, files: true };
  return {
    form: formOf(formBehind(pressable, asks)),
    keep: () => buttons.keepAll(new Map([[idOf(pressable), pressable]]), guild),
  };
}

/** A message becomes a brief, or adds to the video in whose thread it stands: elsewhere than in threads no video is. */
export async function useMessage(
  used: APIMessageApplicationCommandGuildInteraction,
  desk: Desk,
): Promise<void> {
  const message = used.data.resolved.messages[used.data.target_id];
  if (!message) return;
  const { guild_id: guild, channel } = used;
  const pictures = message.attachments.filter(
    ({ content_type }) => content_type?.startsWith('image/') ?? true,
  );
  const here = placeOf({ guild, channel: channel.id });
  await answering(used, desk, async () => {
    const references = offersIn(pictures);
    const addresses = () =>
      keepAddresses(pictures, desk.keep, { guild, message: { channel: channel.id, id: message.id } });
    if (!isThread(channel) || !(await desk.doors.campaignAt(guild, here))) {
      const { form, keep } = formFor({ guild, place: here, words: message.content, references }, desk);
      return { form, keep: () => Promise.all([keep(), addresses()]) };
    }
    await addresses();
    const intent = { type: 'say', words: message.content, references } as const;
    if (!intent.words && references.length === 0)
      return { cards: [card({ title: 'There is nothing in that message I could use.' })], campaign: null };
    const { answer, campaign } = await desk.doors.tell({ ...from(used), at: { place: here }, intent });
    const added = answer ?? card({ title: 'Added to the video.' });
    return { cards: [added], campaign, aloud: added };
  });
}

/** Of the catalogue, which is everybody's, or the server's own brand kits. */
async function offered(
  source: ChoiceSource,
  typed: string,
  guild: string | undefined,
  { doors }: Desk,
): Promise<Suggestion[]> {
  if (source !== 'brand') return doors.suggest(source, typed);
  const { kits } = await doors.brands(guild ?? '');
  return matching(
    kits.map(({ name }) => ({ value: name, label: name })),
    typed,
  );
}

/** The choices that are offered while somebody types. */
export async function complete(
  typing: APIApplicationCommandAutocompleteInteraction,
  desk: Desk,
): Promise<void> {
  const options = (typing.data.options ?? []) as (Given & { focused?: boolean })[];
  const focused = options.find((one) => one.focused);
  const command = commands.find(({ name }) => name === typing.data.name);
  const source = command?.options.find(({ name }) => name === focused?.name)?.choices;
  const found = source ? await offered(source, String(focused?.value ?? ''), typing.guild_id, desk) : [];
  const choices = found.slice(0, choicesOffered).map(({ value, label }) => ({
    name: plainly(label, longestChoice) || value,
    value: value.slice(0, longestChoice),
  }));
  await desk.api.interactions
    .createAutocompleteResponse(typing.id, typing.token, { choices })
    .catch((error: unknown) => desk.log.error('discord: no choices', { error }));
}
