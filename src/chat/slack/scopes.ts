/** What the bot asks for; `manifest.yml` says the same and why. Without an optional one it does less. */
export const scopes = {
  needed: [
    'commands',
    'chat:write',
    'app_mentions:read',
    'channels:history',
    'files:read',
    'files:write',
    'reactions:read',
    'reactions:write',
    'users:read',
  ],
  optional: ['groups:history', 'im:history', 'usergroups:read', 'channels:read', 'groups:read'],
} as const;
