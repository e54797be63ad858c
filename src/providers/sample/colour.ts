/** A colour as the eye measures it (OKLCH): lightness 0–1, chroma 0–0.4, hue in degrees. */
export interface Colour {
  l: number;
  c: number;
  h: number;
}

const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const gamma = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** Null where the text is no `#rrggbb`. */
export function colourOf(hex: string): Colour | null {
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex.trim());
  if (!match) return null;
  const [r, g, b] = match.slice(1).map((pair) => linear(Number.parseInt(pair, 16) / 255)) as [
    number,
    number,
    number,
  ];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const light = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  return { l: light, c: Math.hypot(A, B), h: ((Math.atan2(B, A) * 180) / Math.PI + 360) % 360 };
}

function channels({ l, c, h }: Colour): number[] {
  const A = c * Math.cos((h * Math.PI) / 180);
  const B = c * Math.sin((h * Math.PI) / 180);
  const L = (l + 0.3963377774 * A + 0.2158037573 * B) ** 3;
  const M = (l - 0.1055613458 * A - 0.0638541728 * B) ** 3;
  const S = (l - 0.0894841775 * A - 1.291485548 * B) ** 3;
  return [
    4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S,
    -1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S,
    -0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S,
  ];
}

/** `#rrggbb`; what the screen cannot show loses chroma until it can. */
export function hexOf(colour: Colour): string {
  let shown = { ...colour, l: Math.max(0, Math.min(1, colour.l)) };
  while (shown.c > 0.002 && channels(shown).some((v) => v < -0.002 || v > 1.002))
    shown = { ...shown, c: shown.c * 0.92 };
  const pair = (v: number) =>
    Math.round(gamma(Math.max(0, Math.min(1, v))) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${channels(shown).map(pair).join('')}`;
}

/** Turns a hue towards another by a share of the way, the short way round. */
export function turned(colour: Colour, hue: number, share: number): Colour {
  const way = ((hue - colour.h + 540) % 360) - 180;
  return { ...colour, h: (colour.h + way * share + 360) % 360 };
}
