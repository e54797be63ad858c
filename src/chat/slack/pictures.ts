import { TryLater } from '../../errors.ts';
import type { Card, CardFile } from '../card.ts';
import type { Source } from './blocks.ts';
import type { Call } from './client.ts';
import type { Pauses } from './pauses.ts';
import { placeOf, type Spot } from './places.ts';
import type { Shape } from './shape.ts';
import { doubt, type Upload, type UploadParts, uploadedFile } from './upload.ts';

export type Picture = (file: CardFile) => Source | null;

export interface PictureParts extends UploadParts {
  pauses: Pauses;
  /** An address of a file of ours that Slack can reach; null where we have no public one. */
  addressOf: ((key: string) => string) | null;
}

/**
 * Where Slack's clients get the pictures of a card from: from us where Slack can reach us; else what is to be chosen
 * from is shared in the conversation first, because a file nobody there may see is refused. What merely decorates is
 * then left out.
 */
export async function picturesOf(
  card: Card,
  spot: Spot,
  { decorated, linked }: Pick<Shape, 'decorated' | 'linked'>,
  call: Call,
  parts: PictureParts,
): Promise<Picture> {
  const { addressOf } = parts;
  const chosen = card.choices.map(({ image }) => image);
  if (addressOf && linked) {
    const isShown = (file: CardFile) => decorated || chosen.some(({ key }) => key === file.key);
    return (file) => (isShown(file) ? { image_url: addressOf(file.key) } : null);
  }
  const sources = new Map<string, Source>();
  for (const image of chosen) {
    const source = await sharedIn(spot, image, call, parts);
    if (source) sources.set(image.key, source);
  }
  return ({ key }) => sources.get(key) ?? null;
}

/** Whether a card has pictures it could do without. */
export const isDecorated = ({ images, items }: Card): boolean =>
  images.length > 0 || items.some(({ image }) => image !== null);

const uploadOf = (image: CardFile, spot: Spot): Upload => ({
  spot,
  sendKey: `picture-${image.sha256}`,
  file: image,
  comment: '',
});

/** Null where somebody deleted it. @throws TryLater until Slack can show it. */
async function sharedIn(
  spot: Spot,
  image: CardFile,
  call: Call,
  parts: PictureParts,
): Promise<Source | null> {
  const found = await uploadedFile(uploadOf(image, spot), call, parts);
  if (found === 'gone') return null;
  if (found === 'late') throw notYet(spot, parts);
  return { slack_file: { id: found.file } };
}

/** A picture takes Slack a second or so, and now and then minutes. */
const shortest = (look: number): number => 4 * look;
const waitFor = (spot: Spot): string => `pictures ${placeOf(spot)}`;

/** Slack is not done with a picture. */
const notYet = (spot: Spot, { pauses, look }: PictureParts, cause?: unknown): TryLater =>
  new TryLater('a picture is on its way', {
    delay: pauses.next(waitFor(spot), shortest(look)),
    sent: false,
    cause,
  });

/** Slack showed what it was done with: somebody may have deleted it since, so each is looked at anew before the next try. */
export async function refusedPictures(
  card: Card,
  spot: Spot,
  parts: PictureParts,
  cause: unknown,
): Promise<TryLater> {
  for (const { image } of card.choices) await doubt(uploadOf(image, spot), parts);
  return notYet(spot, parts, cause);
}

export const shownPictures = (spot: Spot, { pauses }: PictureParts): void => pauses.over(waitFor(spot));

/** For what one person alone is told: nothing is shared for it. */
export const noPictures: Picture = () => null;
