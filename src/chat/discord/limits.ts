/** Discord's published limits, as far as we come near them. Characters, where nothing else is said. */

export const partsInMessage = 40;
/** All texts of a message together. */
export const textInMessage = 4_000;
export const buttonsInRow = 5;
export const longestButton = 80;
export const optionsInSelect = 25;
export const longestCustomId = 100;
export const longestOption = 100;
export const longestPlaceholder = 150;
export const longestLink = 512;
export const picturesInGallery = 10;
export const filesInMessage = 10;
export const longestAlt = 1_024;

export const longestFormTitle = 45;
export const longestFormLabel = 45;
export const longestFormHint = 100;
export const longestFormWords = 4_000;
export const filesInForm = 10;

export const longestThread = 100;
export const choicesOffered = 25;
export const longestChoice = 100;
export const longestDescription = 100;

/** Milliseconds in which the answer to what somebody did can be changed. */
export const tokenLives = 15 * 60_000;
/** A message older than this may be edited only a few times an hour. */
export const editable = 55 * 60_000;

const mebibyte = 1024 * 1024;
/** Bytes per file where nothing better is known, and where boosts do not raise it. */
export const sureBytes = 10 * mebibyte;
const newerBytes = 20 * mebibyte;

/** Most bytes per file that a server of this boost tier has been seen to allow. */
export const tierBytes = (tier: number): number =>
  tier >= 3 ? 100 * mebibyte : tier === 2 ? 50 * mebibyte : newerBytes;

/** Ours: a title that still reads as one, and what stands behind a name on a phone. */
export const longestTitle = 200;
export const longestValue = 400;
export const longestColumn = 1_400;
export const longestItem = 300;
