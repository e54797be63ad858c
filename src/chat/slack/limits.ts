/** Slack's published limits, as far as we come near them. Characters, where nothing else is said. */

export const blocksInMessage = 50;
export const blocksInView = 100;
/** What screen readers and notifications get. `chat.update` takes no more. */
export const longestText = 4_000;
export const longestHeader = 150;
export const longestSection = 3_000;
export const longestField = 2_000;
export const longestContext = 3_000;
export const longestAlt = 2_000;
export const longestTask = 256;

export const longestButton = 75;
export const longestValue = 2_000;
export const longestActionId = 255;
export const buttonsInRow = 25;
export const confirmTitle = 100;
export const confirmText = 300;
export const confirmButton = 30;

export const cardsInCarousel = 10;
export const longestCardTitle = 150;

export const longestPlaceholder = 150;
export const optionsInSelect = 100;
export const longestOption = 75;

/** Titles and buttons of a modal. */
export const longestModalTitle = 24;
/** What a modal brings back of what it was opened with. */
export const longestMetadata = 3_000;
export const longestInput = 3_000;
/** Ours: what is meant to be one line of a form. */
export const longestLine = 200;
export const longestLabel = 2_000;
export const longestError = 2_000;
export const filesInInput = 10;
/** Of the manifest. */
export const longestUsageHint = 1_000;

/** Ours: what still reads well behind its name on a phone. */
export const longestOneLine = 60;
/** Two texts that are longer than this read better below each other. */
export const longestColumn = 1_500;
/** People and groups that one line calls by name. */
export const mostCalled = 20;
/** People who can be named in one form. */
export const mostNamed = 20;
