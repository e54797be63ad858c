import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
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
    description: plainly(command.summary, longestDescription),
    options: [...command.options.map(optionOf), ...(opensVideo(command) ? approvers() : [])],
    ...shared,
  })),
  { type: ApplicationCommandType.Message as const, name: useInVideo, ...shared },
];

const longestSeconds = 600;

function optionOf(option: Option): APIApplicationCommandBasicOption {
  const named = <T extends { setName(name: string): T; setDescription(text: string): T }>(one: T): T =>
    one.setName(option.name).setDescription(plainly(option.summary, longestDescription));
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
  new SlashCommandUserOption()
    .setName(approver)
    .setDescription('Who decides on this video; left out, whoever decides in this server')
    .toJSON(),
  new SlashCommandRoleOption()
    .setName(approverRole)
    .setDescription('A role whose members decide on this video')
    .toJSON(),
];
