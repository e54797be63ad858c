import { type Card, type CardFile, card } from '../card.ts';
import type { Showing } from '../chat.ts';
import type { Call } from './client.ts';
import type { Guilds } from './guilds.ts';
import { bytesOf, type PictureParts } from './pictures.ts';
import type { Spot } from './places.ts';
import { type Rendered, render } from './render.ts';
import { type Attached, markerOf, post } from './send.ts';
import { isTooLarge } from './trouble.ts';

export interface UploadParts extends Pick<PictureParts, 'read'> {
  upload: Call;
  guilds: Guilds;
  /** The film in at most so many bytes; null where that cannot be. */
  preview(file: CardFile, bytes: number): Promise<Buffer | null>;
  /** The picture that stands for the film. */
  poster(file: CardFile): Promise<Buffer | null>;
  /** Where everybody can open a file of ours; null without a public address. */
  linkTo(file: CardFile): string | null;
}

type Filming = Omit<Showing, 'known' | 'key'> & { film: CardFile };

/** Of what a server allows, so much is aimed at: encoders miss a little. */
const aim = 0.9;

/** A film is in memory while it is sent. */
const atOnce = 2;

/**
 * Shows a film so that it plays in the conversation: as it is where the server takes it; else a smaller one with a link
 * to the whole; smaller still where even that is refused; else its poster and the link.
 */
export async function showFilm(showing: Filming, spot: Spot, parts: UploadParts): Promise<string> {
  return turn(async () => {
    const { film } = showing;
    const limit = await parts.guilds.limit(spot.guild);
    const whole = film.bytes <= limit ? await wholeOf(film, parts) : null;
    const first = whole ?? (await smallerOf(film, limit * aim, parts));
    if (first) {
      const message = await attempt(first, showing, spot, parts);
      if (message) return message;
      parts.guilds.refuses(spot.guild, Math.floor(first.data.length / 2));
    }
    const second = await smallerOf(film, (first ? first.data.length : limit) / 2, parts);
    const message = second && (await attempt(second, showing, spot, parts));
    return message || withoutFilm(showing, spot, parts);
  });
}

const wholeOf = async (film: CardFile, { read }: UploadParts): Promise<Attached> => ({
  name: `${film.title.replace(/[^\w-]+/g, '-') || 'film'}.mp4`,
  data: await bytesOf(await read(film.key)),
  mime: film.mime,
  alt: film.title,
});

async function smallerOf(film: CardFile, bytes: number, { preview }: UploadParts): Promise<Attached | null> {
  const most = Math.floor(bytes);
  const data = await preview(film, most);
  if (!data || data.length > most) return null;
  return {
    name: `${film.title.replace(/[^\w-]+/g, '-') || 'film'}-preview.mp4`,
    data,
    mime: 'video/mp4',
    alt: film.title,
  };
}

/** Null where the server finds it too large. */
async function attempt(
  file: Attached,
  showing: Filming,
  spot: Spot,
  parts: UploadParts,
): Promise<string | null> {
  const isWhole = file.data.length === showing.film.bytes;
  const shown = isWhole ? showing.card : withNote(showing.card, smallerNote);
  const { container } = rendered(
    shown,
    showing,
    `attachment://${file.name}`,
    isWhole ? [] : linksOf(showing, parts),
  );
  try {
    return (
      await post(parts.upload, spot.channel, { container, files: [file] }, showing.sendKey, showing.guard)
    ).id;
  } catch (error) {
    if (isTooLarge(error)) return null;
    throw error;
  }
}

const smallerNote = 'This server takes smaller files only, so this is a lighter version of the film.';
const noRoom = (bytes: number): string =>
  `The film has ${Math.ceil(bytes / 1_000_000)} MB, more than this server takes.`;

const withNote = (shown: Card, note: string): Card => ({ ...shown, text: [...shown.text, note] });

async function withoutFilm(showing: Filming, spot: Spot, parts: UploadParts): Promise<string> {
  const { film } = showing;
  const data = await parts.poster(film);
  const name = `${film.sha256.slice(0, 16)}.jpg`;
  const poster = data && { name, data, mime: 'image/jpeg', alt: film.title };
  try {
    return await postWithout(showing, spot, poster, parts);
  } catch (error) {
    if (poster && isTooLarge(error)) return postWithout(showing, spot, null, parts);
    throw error;
  }
}

async function postWithout(
  showing: Filming,
  { channel }: Spot,
  poster: Attached | null,
  parts: UploadParts,
): Promise<string> {
  const { film } = showing;
  const images = poster ? [film] : [];
  const shown = withNote(card({ ...showing.card, film: null, images }), noRoom(film.bytes));
  const { container } = rendered(shown, showing, `attachment://${poster?.name}`, linksOf(showing, parts));
  const files = poster ? [poster] : [];
  return (await post(parts.upload, channel, { container, files }, showing.sendKey, showing.guard)).id;
}

const linksOf = ({ film }: Filming, parts: UploadParts) => linksTo(film, parts);

/** What leads to a film where it is kept, where people can reach us. */
export const linksTo = (
  film: CardFile | null,
  { linkTo }: Pick<UploadParts, 'linkTo'>,
): { label: string; url: string }[] => {
  const url = film && linkTo(film);
  return url ? [{ label: 'Open the whole film', url }] : [];
};

const rendered = (
  shown: Card,
  { sendKey }: Filming,
  media: string,
  links: { label: string; url: string }[],
): Rendered =>
  render(shown, { campaign: null, media: () => media, marker: markerOf(sendKey), talk: false, links });

let underway = 0;
const waiting: (() => void)[] = [];

async function turn<T>(work: () => Promise<T>): Promise<T> {
  if (underway >= atOnce) await new Promise<void>((ready) => waiting.push(ready));
  else underway += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else underway -= 1;
  }
}
