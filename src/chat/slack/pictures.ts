import { Never, TryLater } from '../../errors.ts';
import { recent } from '../../recent.ts';
import type { Card, CardFile } from '../card.ts';
import type { Source } from './blocks.ts';
import { broughtTo } from './brought.ts';
import type { Call } from './client.ts';
import { placeOf, type Spot } from './places.ts';
import type { Shape } from './shape.ts';
import { shutBy } from './trouble.ts';
import type { Upload, UploadParts } from './upload.ts';
import { doubt, uploadedFile } from './uploaded.ts';

export type Picture = (file: CardFile) => Source | null;

export interface PictureParts extends UploadParts {
  /** An address of a file of ours that Slack can reach; null where we have no public one. */
  addressOf: ((key: string) => string) | null;
}

/** `isWhole`: no picture of it is still on its way. */
interface Pictures {
  picture: Picture;
  isWhole: boolean;
}

const most = 5_000;

/**
 * Where Slack's clients get the pictures of a card from: from us where Slack can reach us; else out of the conversation,
 * because a file nobody there may see is refused. What people brought is there; the rest is shared there first, but for
 * the poster of a film, which stands there itself. What is to be chosen from is waited for; what merely decorates is
 * left out for the time being.
 */
export function newPictures(parts: PictureParts) {
  /** What people brought, as Slack shows it; null where it does not, so that it is shared by us instead. */
  const brought = recent<Source | null>(most);
  const named = (attachment: string, spot: Spot) => `${placeOf(spot)} ${attachment}`;

  async function asBrought(attachment: string, spot: Spot, call: Call): Promise<Source | 'late' | null> {
    const name = named(attachment, spot);
    const known = brought.get(name);
    if (known !== undefined) return known;
    const found = await broughtTo(spot, attachment, call);
    if (found !== 'late') brought.set(name, found);
    return found;
  }

  async function decoration(image: CardFile, spot: Spot, call: Call): Promise<Source | 'late' | null> {
    const { attachment } = image;
    const theirs = attachment ? await asBrought(attachment, spot, call) : null;
    return theirs ?? sharedIn(spot, image, call, parts);
  }

  return {
    /** `late`: Slack cannot show yet what is to be chosen from. */
    async of(
      card: Card,
      spot: Spot,
      { decorated, linked }: Pick<Shape, 'decorated' | 'linked'>,
      call: Call,
    ): Promise<Pictures | 'late'> {
      const needed = card.choices.map(({ image }) => image);
      const { addressOf } = parts;
      if (addressOf && linked)
        return linkedTo(addressOf, [...needed, ...(decorated ? decorationsOf(card) : [])]);
      const sources = new Map<string, Source>();
      for (const image of needed) {
        const source = await sharedIn(spot, image, call, parts);
        if (source === 'late') return 'late';
        if (source) sources.set(image.key, source);
      }
      let isWhole = true;
      for (const image of decorated ? thumbnailsOf(card) : []) {
        const source = await decoration(image, spot, call).catch(later);
        if (source === 'late') isWhole = false;
        else if (source) sources.set(image.key, source);
      }
      return { picture: ({ key }) => sources.get(key) ?? null, isWhole };
    },
    /** Somebody may have deleted what Slack was done with, or not everybody may see it: each is looked at anew. */
    async doubt(card: Card, spot: Spot): Promise<void> {
      for (const { attachment } of thumbnailsOf(card))
        if (attachment) brought.set(named(attachment, spot), null);
      const all = [...card.choices.map(({ image }) => image), ...thumbnailsOf(card)];
      for (const image of all) await doubt(uploadOf(image, spot), parts);
    },
  };
}

function linkedTo(addressOf: (key: string) => string, files: readonly CardFile[]): Pictures {
  const keys = new Set(files.map(({ key }) => key));
  return { picture: ({ key }) => (keys.has(key) ? { image_url: addressOf(key) } : null), isWhole: true };
}

/** The pictures a card could do without. */
export const decorationsOf = (card: Card): CardFile[] => [...card.images, ...thumbnailsOf(card)];

const thumbnailsOf = ({ items }: Card): CardFile[] => items.flatMap(({ image }) => (image ? [image] : []));

const uploadOf = (image: CardFile, spot: Spot): Upload => ({
  spot,
  sendKey: `picture-${image.sha256}`,
  file: image,
  comment: '',
});

/** Null where it is not to be had: somebody deleted it, or the workspace takes no files. */
async function sharedIn(
  spot: Spot,
  image: CardFile,
  call: Call,
  parts: PictureParts,
): Promise<Source | 'late' | null> {
  try {
    const found = await uploadedFile(uploadOf(image, spot), call, parts);
    if (found === 'gone') return null;
    return found === 'late' ? 'late' : { slack_file: { id: found.file } };
  } catch (error) {
    if (error instanceof Never && !error.isHouseTrouble && !shutBy(error)) return null;
    throw error;
  }
}

/** Nothing that a card could do without holds it up. */
function later(error: unknown): 'late' {
  if (error instanceof TryLater) return 'late';
  throw error;
}

/** For what one person alone is told: nothing is shared for it. */
export const noPictures: Picture = () => null;
