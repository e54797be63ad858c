const tags = /( ?)(\(?)@Image(\d{1,2})\b(\)?)/g;

/** How a wording names the n-th reference that goes along, whichever model gets it. Counted from 1. */
export const tagFor = (n: number): string => `@Image${n}`;

/**
 * A wording as one model understands it: the first `count` tags in its own manner, `the cup (@Image1)` as
 * `the cup ([Image1])`; a tag without its picture is left out, and so is every one where `say` is null.
 */
export const mentioning = (prompt: string, count: number, say: ((n: number) => string) | null): string =>
  prompt.replace(tags, (_, gap: string, open: string, n: string, close: string) =>
    say && Number(n) >= 1 && Number(n) <= count ? `${gap}${open}${say(Number(n))}${close}` : '',
  );
