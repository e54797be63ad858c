const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest beginning of a text within `limit` UTF-16 units that ends between two graphemes, at a word if near. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > limit) break;
    kept += segment;
  }
  const word = kept.search(/\s\S*$/u);
  return (word > limit - 30 ? kept.slice(0, word) : kept).trimEnd();
}

/** One sentence of a prompt. A lower rank claims its room first; what is fixed is cut last, what is not is left out whole. */
export interface Piece {
  text: string;
  rank: number;
  whole?: boolean;
}

const closed = /[.!?…。！？]["”»」』)]?$/u;

/** Joins the pieces in their order; where room is short, the higher ranks give way. */
export function compose(pieces: readonly Piece[], stop: string, limit = 2000): string {
  const room = new Map<Piece, string>();
  let left = limit - pieces.length * 2;
  for (const piece of [...pieces].sort((a, b) => a.rank - b.rank)) {
    const text = piece.whole && piece.text.length > left ? '' : shorten(piece.text, Math.max(0, left));
    room.set(piece, text);
    left -= text.length;
  }
  const kept = pieces.map((piece) => room.get(piece)?.trim() ?? '').filter(Boolean);
  return kept.reduce((all, next) => (all ? all + between(all, stop) + next : next), '');
}

function between(text: string, stop: string): string {
  if (!closed.test(text)) return stop;
  return stop.endsWith(' ') ? ' ' : '';
}
