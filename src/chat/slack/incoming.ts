import { z } from 'zod';

/** What Slack sends us, as far as we read it. */

const File = z.object({ id: z.string(), name: z.string().nullish() });
export type File = z.infer<typeof File>;

const Envelope = z.object({
  team_id: z.string(),
  event_id: z.string(),
  /** Seconds. */
  event_time: z.number().default(0),
  authorizations: z.array(z.object({ team_id: z.string().nullable() })).optional(),
});

/** The workspace we are installed in: with Slack Connect the event may come from another one. */
const ours = <T extends z.infer<typeof Envelope>>({ authorizations, ...rest }: T) => ({
  ...rest,
  team: authorizations?.[0]?.team_id ?? rest.team_id,
});

export const MessageEvent = Envelope.extend({
  event: z.object({
    type: z.enum(['message', 'app_mention']),
    subtype: z.string().optional(),
    channel: z.string(),
    channel_type: z.string().optional(),
    user: z.string().optional(),
    bot_id: z.string().nullish(),
    app_id: z.string().nullish(),
    text: z.string().nullish(),
    ts: z.string(),
    thread_ts: z.string().optional(),
    parent_user_id: z.string().optional(),
    files: z.array(File).optional(),
    metadata: z
      .object({ event_payload: z.object({ send: z.string() }).optional().catch(undefined) })
      .optional(),
  }),
}).transform(ours);
export type MessageEvent = z.infer<typeof MessageEvent>;

export const ReactionEvent = Envelope.extend({
  event: z.object({
    user: z.string(),
    reaction: z.string(),
    item: z.object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }),
    item_user: z.string().optional(),
    event_ts: z.string(),
  }),
}).transform(ours);

export const HomeEvent = Envelope.extend({
  event: z.object({ user: z.string(), tab: z.string().optional() }),
}).transform(ours);
export type HomeEvent = z.infer<typeof HomeEvent>;

export const GoneEvent = Envelope.extend({
  event: z.object({
    type: z.enum(['app_uninstalled', 'tokens_revoked']),
    tokens: z.object({ bot: z.array(z.string()).nullish() }).optional(),
  }),
}).transform(ours);

export const SlashCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: z.string(),
  channel_id: z.string(),
  channel_name: z.string().default(''),
  user_id: z.string(),
  trigger_id: z.string(),
  response_url: z.string(),
});
export type SlashCommand = z.infer<typeof SlashCommand>;

const Team = z.object({ id: z.string() });
const User = z.object({ id: z.string(), team_id: z.string().optional() });

/** A button, or anything else that was pressed on a message, in a modal or in App Home. */
export const Press = z
  .object({
    team: Team.nullish(),
    user: User,
    trigger_id: z.string(),
    response_url: z.string().optional(),
    container: z
      .object({
        message_ts: z.string().optional(),
        channel_id: z.string().optional(),
        thread_ts: z.string().optional(),
        is_ephemeral: z.boolean().optional(),
      })
      .optional(),
    channel: z.object({ id: z.string() }).optional(),
    actions: z
      .array(z.looseObject({ action_id: z.string(), value: z.string().optional(), action_ts: z.string() }))
      .min(1),
  })
  .transform(({ team, ...rest }) => ({ ...rest, team: team?.id ?? rest.user.team_id ?? '' }));
export type Press = z.infer<typeof Press>;

export const Submission = z
  .object({
    team: Team.nullish(),
    user: User,
    trigger_id: z.string().optional(),
    view: z.looseObject({
      id: z.string(),
      hash: z.string().default(''),
      callback_id: z.string().default(''),
      private_metadata: z.string().default(''),
    }),
    response_urls: z.array(z.object({ response_url: z.string() })).optional(),
  })
  .transform(({ team, ...rest }) => ({ ...rest, team: team?.id ?? rest.user.team_id ?? '' }));

export type Submission = z.infer<typeof Submission>;

export const Shortcut = z
  .object({
    type: z.enum(['shortcut', 'message_action']),
    team: Team.nullish(),
    user: User,
    callback_id: z.string(),
    trigger_id: z.string(),
    response_url: z.string().optional(),
    channel: z.object({ id: z.string() }).optional(),
    message: z
      .looseObject({
        ts: z.string(),
        thread_ts: z.string().optional(),
        text: z.string().nullish(),
        files: z.array(File).optional(),
      })
      .optional(),
  })
  .transform(({ team, ...rest }) => ({ ...rest, team: team?.id ?? rest.user.team_id ?? '' }));
