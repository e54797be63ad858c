/** A component as it travels, in a message or a form; which fields there are depends on its type. */
export interface Part {
  type: number;
  id?: number;
  custom_id?: string | null;
  style?: number;
  label?: string | null;
  description?: string | null;
  disabled?: boolean | null;
  url?: string | null;
  content?: string;
  placeholder?: string | null;
  options?: PartOption[] | null;
  min_values?: number | null;
  max_values?: number | null;
  min_length?: number | null;
  max_length?: number | null;
  required?: boolean | null;
  value?: string | null;
  file_types?: string[] | null;
  emoji?: { name?: string | null; id?: string | null } | null;
  components?: Part[];
  component?: Part;
  accessory?: Part;
  items?: { media: Media; description?: string | null; spoiler?: boolean | null }[];
  media?: Media;
  file?: Media;
  spoiler?: boolean | null;
  divider?: boolean | null;
  spacing?: number | null;
  accent_color?: number | null;
}

interface PartOption {
  label: string;
  value: string;
  description?: string | null;
  default?: boolean | null;
}

interface Media {
  url: string;
}

/** What creates or changes a message, from whichever door it came. */
export interface MessageBody {
  content?: string | null;
  embeds?: Record<string, unknown>[] | null;
  components?: Part[] | null;
  flags?: number | null;
  attachments?: { id: string | number; filename?: string | null; description?: string | null }[] | null;
  allowed_mentions?: { parse?: string[]; users?: string[]; roles?: string[] } | null;
  message_reference?: { message_id: string; fail_if_not_exists?: boolean | null } | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  poll?: unknown;
  sticker_ids?: string[] | null;
}

/** Bytes on their way in. */
export interface Upload {
  name: string;
  bytes: Buffer;
}

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean | null;
  choices?: { name: string; value: string | number }[] | null;
  options?: CommandOption[] | null;
  autocomplete?: boolean | null;
  min_length?: number | null;
  max_length?: number | null;
  min_value?: number | null;
  max_value?: number | null;
  channel_types?: number[] | null;
  file_types?: string[] | null;
}

export interface CommandBody {
  name: string;
  type?: number | null;
  description?: string | null;
  options?: CommandOption[] | null;
  default_member_permissions?: string | number | null;
  contexts?: number[] | null;
  integration_types?: number[] | null;
  nsfw?: boolean | null;
  name_localizations?: Record<string, string> | null;
  description_localizations?: Record<string, string> | null;
}

export const flag = { ephemeral: 64, hasThread: 32, loading: 128, v2: 1 << 15 };

export const part = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
};

export const intent = {
  guilds: 1 << 0,
  members: 1 << 1,
  presences: 1 << 8,
  guildMessages: 1 << 9,
  reactions: 1 << 10,
  directMessages: 1 << 12,
  content: 1 << 15,
};

/** Every component in there, in the order in which people see them. */
export const partsIn = (parts: readonly Part[]): Part[] =>
  parts.flatMap((each) => [
    each,
    ...partsIn([
      ...(each.components ?? []),
      ...(each.component ? [each.component] : []),
      ...(each.accessory ? [each.accessory] : []),
    ]),
  ]);
