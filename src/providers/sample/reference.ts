import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import type { Canvas } from './canvas.ts';
import { mesh, open } from './scenery.ts';

/** What a picture stands on: a field of colour, or what the reference makes of it. `free` leaves room for bodies. */
export async function groundOf(canvas: Canvas): Promise<{ picture: Buffer; free: boolean }> {
  const field = await mesh(canvas.size, canvas.palette, canvas.random);
  if (!canvas.reference) return { picture: field, free: true };
  const given = sharp(await readFile(canvas.reference.path)).rotate();
  const { isOpaque } = await given.stats();
  if (!isOpaque) return { picture: await cutout(field, given, canvas), free: false };
  return canvas.reference.purpose === 'style'
    ? { picture: await washed(given, canvas), free: true }
    : { picture: await covered(given, canvas), free: false };
}

/** A style reference gives its light and colours, not its shapes. */
async function washed(given: Sharp, { size }: Canvas): Promise<Buffer> {
  const small = await given
    .resize({ width: 64, height: 64, fit: 'fill' })
    .blur(7)
    .removeAlpha()
    .png()
    .toBuffer();
  return sharp(small)
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .png()
    .toBuffer();
}

async function covered(given: Sharp, { size, palette, mood }: Canvas): Promise<Buffer> {
  const cover = await given
    .resize({ ...size, fit: 'cover', position: 'attention' })
    .removeAlpha()
    .toBuffer();
  const tint = Buffer.from(
    `${open(size)}<defs><linearGradient id="t" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${palette.glows[0]}"/><stop offset="1" stop-color="${palette.glows[1]}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#t)" opacity="0.28"/></svg>`,
  );
  const lit = await sharp(cover)
    .composite([{ input: tint, blend: 'soft-light' }])
    .png()
    .toBuffer();
  return sharp(lit)
    .modulate({ brightness: Math.max(0.3, 1 + mood.light * 0.18), saturation: 1 + mood.plenty * 0.12 })
    .png()
    .toBuffer();
}

/** A subject on a clear ground (a bottle, a mark) stands in the middle, with a shadow under it. */
async function cutout(field: Buffer, given: Sharp, { size, palette }: Canvas): Promise<Buffer> {
  const box = { width: Math.round(size.width * 0.56), height: Math.round(size.height * 0.46) };
  const { data, info } = await given
    .resize({ ...box, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const left = Math.round((size.width - info.width) / 2);
  const top = Math.round(size.height * 0.42 - info.height / 2);
  const shadow = Buffer.from(
    `${open(size)}<filter id="s" x="-1" y="-2" width="3" height="5"><feGaussianBlur stdDeviation="${info.width * 0.06}"/></filter><ellipse cx="50%" cy="${top + info.height}" rx="${info.width * 0.46}" ry="${info.width * 0.06}" fill="#000" opacity="${palette.light ? 0.25 : 0.6}" filter="url(#s)"/></svg>`,
  );
  return sharp(field)
    .composite([{ input: shadow }, { input: data, left, top }])
    .png()
    .toBuffer();
}
