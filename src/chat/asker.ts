/** What a platform keeps of who asked for a campaign. */
export const askerKey = (campaign: string): string => `asker/${campaign}`;
