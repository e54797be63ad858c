import type { Command } from '../../../commands/command.ts';
import { commands } from '../../../commands/index.ts';
import { longestUsageHint } from './limits.ts';

/** The menu as `manifest.yml` says it, but for the address that only the manifest knows. */
export const slashCommands = commands.map(slashCommand);

function slashCommand({ name, summary, example, options }: Command) {
  const hint = example.slice(name.length + 2, longestUsageHint);
  return {
    command: `/${name}`,
    description: summary,
    ...(options.length > 0 && { usage_hint: hint }),
    // Else a mention arrives as bare text, and nobody knows any more who was meant.
    should_escape: true,
  };
}

/** What stands in Slack's other menus, by the name it comes back under. */
export const shortcuts = {
  video_new: { type: 'global', name: 'New video', description: 'Brief a video clip' },
  video_use: {
    type: 'message',
    name: 'Use in a video',
    description: 'Take this message and its pictures into a video, a new one or one that is being made',
  },
} as const;
