import { chooseGround, paintGround } from './card-ground.ts';
import { setWords, wordsScript } from './card-words.ts';
import { parseColour } from './colour.ts';
import { drawLogo, type Logo, weigh } from './logo.ts';
import type { Size } from './picture.ts';

/** Fractions of the frame that the platform covers with its own things. */
export interface Safe {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface CardOrder {
  frame: Size;
  safe: Safe;
  /** `#rrggbb`, most important first; what is no colour is passed over. */
  colours: string[];
  title: string;
  tagline: string;
  logo: Logo | null;
}

/** What an end card is put together from; positions in pixels of the frame. */
export interface Card {
  ground: Buffer;
  logo: ({ bytes: Buffer; left: number; top: number } & Size) | null;
  /** An ASS script whose time starts with the card. */
  script: string;
  notes: string[];
}

/** Of the short side. */
const LOGO_SIDE = 0.27;
const LOGO_MOST = { width: 0.62, height: 0.34 };
const GAP = 0.08;
/** Of the width. */
const COLUMN = 0.84;

/** Lays out an end card: a ground of the brand's own colours, the logo, title and tagline under it, as one centred group. */
export async function layCard({ frame, safe, colours, logo, ...texts }: CardOrder): Promise<Card> {
  const short = Math.min(frame.width, frame.height);
  const column = frame.width * Math.min(COLUMN, 1 - 2 * Math.max(safe.left, safe.right));
  const words = setWords(texts, column, short);
  const drawn = logo && (await drawLogo(logo, logoSize(logo, short, column), false));
  const logoHeight = drawn?.height ?? 0;
  const gap = drawn && words.height > 0 ? GAP * short : 0;
  const free = frame.height * (1 - safe.top - safe.bottom);
  const top = Math.round(safe.top * frame.height + (free - logoHeight - gap - words.height) / 2);
  const x = frame.width / 2;
  const ground = chooseGround(
    colours.map(parseColour).filter((colour) => colour !== undefined),
    logo,
  );
  return {
    ground: await paintGround(frame, ground, { x, y: top + logoHeight / 2 }),
    logo: drawn && { ...drawn, left: Math.round(x - drawn.width / 2), top },
    script: wordsScript(frame, words, { x, y: top + logoHeight + gap }, ground.ink),
    notes: words.notes,
  };
}

const logoSize = (logo: Logo, short: number, column: number): Size =>
  weigh(logo, LOGO_SIDE * short, {
    width: Math.min(column, LOGO_MOST.width * short),
    height: LOGO_MOST.height * short,
  });
