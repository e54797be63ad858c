import { TryLater } from '../../errors.ts';
import type { Card, CardFile } from '../card.ts';
import type { Source } from './blocks.ts';
import type { Call } from './client.ts';
import type { Spot } from './places.ts';
import { type UploadParts, uploadedFile } from './upload.ts';

export type Picture = (file: CardFile) => Source | null;

export interface PictureParts extends UploadParts {
  /** An address of a file of ours that Slack can reach; null where we have no public one. */
  addressOf: ((key: string) => string) | null;
}

/**
 * Where Slack's clients get the pictures of a card from: from us where Slack can reach us; else what is to be chosen
 * from is shared in the conversation first, because a file nobody there may see is refused. What merely decorates is
 * then left out.
 */
export async function picturesOf(card: Card, spot: Spot, call: Call, parts: PictureParts): Promise<Picture> {
  const { addressOf } = parts;
  if (addressOf) return ({ key }) => ({ image_url: addressOf(key) });
  const sources = new Map<string, Source>();
  for (const { image } of card.choices) {
    const sendKey = `picture-${image.sha256}`;
    const file = await uploadedFile({ spot, sendKey, file: image, comment: '' }, call, parts);
    if (file === 'ambiguous') throw new TryLater('a picture is on its way', { delay: 1_000, sent: false });
    if (file !== 'gone') sources.set(image.key, { slack_file: { id: file } });
  }
  return ({ key }) => sources.get(key) ?? null;
}

/** For what one person alone is told: nothing is shared for it. */
export const noPictures: Picture = () => null;
