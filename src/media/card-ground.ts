import sharp from 'sharp';
import { contrast, fromHsl, luminance, mix, type Rgb, toHsl, WHITE } from './colour.ts';
import { type Logo, legibility } from './logo.ts';
import type { Size } from './picture.ts';

/** The two ends of a gradient, and the colour to write on it. */
export interface Ground {
  from: Rgb;
  to: Rgb;
  ink: Rgb;
}

const DEFAULT: Rgb = [30, 41, 59];
const STANDS_OUT = 0.92;
const READABLE = 5;

/** The brand's colour itself where the logo stands out from it, else a deep or a pale shade of it; a boxed logo's own box. */
export function chooseGround(colours: Rgb[], logo: Logo | null): Ground {
  const first = colours[0] ?? logo?.colours[0] ?? DEFAULT;
  const second = colours[1];
  if (logo?.box) return { from: logo.box, to: logo.box, ink: inkOn(logo.box, first) };
  const turned = second ?? turn(first, 24);
  const vivid = { from: below(first), to: mix(below(first), below(turned, 0.3), 0.8), ink: WHITE };
  const deep = {
    from: shade(first, 0.18),
    to: mix(shade(first, 0.06), shade(turned, 0.12), 0.5),
    ink: WHITE,
  };
  const pale = { from: shade(first, 0.975), to: mix(shade(first, 0.86), shade(turned, 0.9), 0.4) };
  const grounds = [vivid, deep, { ...pale, ink: inkOn(pale.to, first) }];
  if (!logo || logo.opaque) return vivid;
  const stands = ({ from, to }: Ground) => Math.min(legibility(logo, from), legibility(logo, to));
  return (
    grounds.find((ground) => stands(ground) >= STANDS_OUT) ??
    grounds.reduce((best, ground) => (stands(ground) > stands(best) ? ground : best))
  );
}

/** White, or the brand's darkest shade. */
function inkOn(ground: Rgb, brand: Rgb): Rgb {
  return contrast(WHITE, ground) >= READABLE ? WHITE : shade(brand, 0.1);
}

/** The same hue at another lightness; never garish. */
function shade(colour: Rgb, light: number): Rgb {
  const [hue, saturation] = toHsl(colour);
  return fromHsl(hue, Math.min(saturation, light > 0.8 ? 0.6 : 0.85), light);
}

/** The most vivid shade that white can be read on. */
function below(colour: Rgb, most = 0.46): Rgb {
  for (let light = most; light > 0.05; light -= 0.02) {
    const darker = shade(colour, light);
    if (contrast(WHITE, darker) >= READABLE) return darker;
  }
  return DEFAULT;
}

function turn(colour: Rgb, degrees: number): Rgb {
  const [hue, saturation, light] = toHsl(colour);
  return fromHsl((hue + degrees) % 360, saturation, light);
}

const css = ([r, g, b]: Rgb) => `rgb(${Math.round(r)},${Math.round(g)},${Math.round(b)})`;

/** A gradient, a soft light at `light`, and grain against bands; one flat colour where both ends are the same. */
export async function paintGround(
  { width, height }: Size,
  { from, to }: Ground,
  light: { x: number; y: number },
): Promise<Buffer> {
  if (from === to)
    return sharp({ create: { width, height, channels: 3, background: css(from) } })
      .png()
      .toBuffer();
  const glow = css(luminance(from) > 0.6 ? WHITE : mix(shade(from, toHsl(from)[2] + 0.07), WHITE, 0.03));
  const reach = 0.7 * Math.max(width, height);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <linearGradient id="g" x2="1" y2="1"><stop stop-color="${css(from)}"/><stop offset="1" stop-color="${css(to)}"/></linearGradient>
    <radialGradient id="l" gradientUnits="userSpaceOnUse" cx="${light.x}" cy="${light.y}" r="${reach}"><stop stop-color="${glow}" stop-opacity=".9"/><stop offset="1" stop-color="${glow}" stop-opacity="0"/></radialGradient>
    </defs><rect width="100%" height="100%" fill="url(#g)"/><rect width="100%" height="100%" fill="url(#l)"/></svg>`;
  return sharp(Buffer.from(svg))
    .removeAlpha()
    .composite([{ input: await grain({ width, height }), blend: 'soft-light' }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

function grain(size: Size): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 5 } as const;
  return sharp({ create: { ...size, channels: 3, background: '#808080', noise } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
