/** Bytes of one attached picture. */
export const mostAttachedBytes = 30 * 1024 * 1024;

/** Milliseconds between two short lines about the same card. */
export const betweenUpdates = 1000;

/** Columns: narrower than this nothing reads well, wider than that neither. */
export const narrowest = 40;
export const widest = 104;

/** Cells of a progress bar, and what it keeps where the screen is narrow. */
export const barCells = 24;
export const fewestBarCells = 8;

/** Columns of a conversation's title in headings and lists. */
export const longestHeading = 60;

/** Columns of it in the prompt, where typing needs the room. */
export const longestPromptPlace = 28;
