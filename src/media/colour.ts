/** Red, green and blue, 0-255. */
export type Rgb = readonly [number, number, number];

export const WHITE: Rgb = [255, 255, 255];

/** Reads `#rgb` or `#rrggbb`; anything else is no colour. */
export function parseColour(text: string): Rgb | undefined {
  const short = /^#?([\da-f])([\da-f])([\da-f])$/i.exec(text.trim());
  const long = /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text.trim());
  const [, r, g, b] = long ?? short ?? [];
  if (r === undefined || g === undefined || b === undefined) return;
  const value = (hex: string) => Number.parseInt(hex.length === 1 ? hex + hex : hex, 16);
  return [value(r), value(g), value(b)];
}

export function hex(colour: Rgb): string {
  return `#${colour
    .map((v) =>
      Math.round(Math.min(255, Math.max(0, v)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** From `a` (0) to `b` (1). */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** WCAG's relative luminance: 0 black, 1 white. */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((v) => (v <= 10.3 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** WCAG's contrast: 1 none, 21 black on white. */
export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return Math.max(x, y) / Math.min(x, y);
}

/** Hue in degrees, saturation and lightness 0-1. */
export function toHsl([r, g, b]: Rgb): [number, number, number] {
  const [max, min] = [Math.max(r, g, b) / 255, Math.min(r, g, b) / 255];
  const [span, light] = [max - min, (max + min) / 2];
  if (span === 0) return [0, 0, light];
  const [x, y, z] = [r / 255, g / 255, b / 255];
  const sixth = max === x ? (y - z) / span : max === y ? 2 + (z - x) / span : 4 + (x - y) / span;
  return [(sixth * 60 + 360) % 360, span / (1 - Math.abs(2 * light - 1)), light];
}

export function fromHsl(hue: number, saturation: number, light: number): Rgb {
  const reach = saturation * Math.min(light, 1 - light);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    return 255 * (light - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}
