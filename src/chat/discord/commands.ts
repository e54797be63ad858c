import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type LocalizationMap,
  type RESTPutAPIApplicationCommandsJSONBody,
  SlashCommandAttachmentOption,
  SlashCommandBooleanOption,
  SlashCommandIntegerOption,
  SlashCommandRoleOption,
  SlashCommandStringOption,
  SlashCommandUserOption,
} from 'discord.js';
import type { Option } from '../../../commands/command.ts';
import { commands } from '../../../commands/index.ts';
import { type Language, languages } from '../../../commands/languages.ts';
import { fixedChoices } from '../choices.ts';
import { plainly } from '../fitted.ts';
import { approver, approverRole, opensVideo } from './approvers.ts';
import { longestDescription } from './limits.ts';

/** On a message: its words and pictures begin a video, or are added to the one whose thread it stands in. */
export const useInVideo = 'Use in a video';

/** What is installed: in servers alone, because a video has a thread. */
const shared = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
  default_member_permissions: null,
};

/** The menu as Discord wants it. */
export const registration = (): RESTPutAPIApplicationCommandsJSONBody => [
  ...commands.map((command) => ({
    type: ApplicationCommandType.ChatInput as const,
    name: command.name,
    ...described(command.summary),
    options: [...command.options.map(optionOf), ...(opensVideo(command) ? approvers() : [])],
    ...shared,
  })),
  {
    type: ApplicationCommandType.Message as const,
    name: useInVideo,
    name_localizations: inLanguages(useInVideo),
    ...shared,
  },
];

const longestSeconds = 600;

/** Which of Discord's languages ours is for; it shows `es-ES` to the rest of the Spanish world too. */
const locales: Record<Language, Locale> = {
  de: Locale.German,
  fr: Locale.French,
  es: Locale.SpanishES,
  ja: Locale.Japanese,
  pt: Locale.PortugueseBR,
};

/** A sentence of the menu in every language that has it. */
function inLanguages(sentence: string): LocalizationMap {
  const all = Object.entries(languages).map(([language, dictionary]): [Locale, string | undefined] => [
    locales[language as Language],
    dictionary[sentence],
  ]);
  return Object.fromEntries(all.filter(([, text]) => text !== undefined));
}

const described = (sentence: string) => ({
  description: plainly(sentence, longestDescription),
  description_localizations: inLanguages(sentence),
});

interface Described<T> {
  setName(name: string): T;
  setDescription(text: string): { setDescriptionLocalizations(texts: LocalizationMap): T };
}

const describe = <T extends Described<T>>(one: T, name: string, sentence: string): T => {
  const { description, description_localizations: others } = described(sentence);
  one.setName(name).setDescription(description).setDescriptionLocalizations(others);
  return one;
};

function optionOf(option: Option): APIApplicationCommandBasicOption {
  const named = <T extends Described<T>>(one: T): T => describe(one, option.name, option.summary);
  switch (option.kind) {
    case 'seconds':
      return named(new SlashCommandIntegerOption()).setMinValue(1).setMaxValue(longestSeconds).toJSON();
    case 'flag':
      return named(new SlashCommandBooleanOption()).toJSON();
    case 'files':
      return named(new SlashCommandAttachmentOption()).setFileTypes('image', '.svg', '.heic').toJSON();
    case 'text':
    case 'link':
      return choosing(named(new SlashCommandStringOption()), option).toJSON();
  }
}

/** Values that never change are listed; the models of the day are suggested while somebody types. */
function choosing(built: SlashCommandStringOption, { choices }: Option): SlashCommandStringOption {
  if (!choices) return built;
  const fixed = fixedChoices(choices);
  if (!fixed) return built.setAutocomplete(true);
  return built.addChoices(fixed.map((value) => ({ name: value, value })));
}

const approvers = (): APIApplicationCommandBasicOption[] => [
  describe(
    new SlashCommandUserOption(),
    approver,
    'Who decides on this video; left out, whoever decides in this server',
  ).toJSON(),
  describe(new SlashCommandRoleOption(), approverRole, 'A role whose members decide on this video').toJSON(),
];
