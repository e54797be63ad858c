import sharp, { type Metadata, type Sharp } from 'sharp';
import { Never } from '../errors.ts';
import type { Picture, PictureNote, PictureOrder } from './intake.ts';
import { isPhoto } from './photo.ts';
import type { PictureFormat } from './sniff.ts';
import { MAX_PIXELS } from './studio.ts';
import { guardSvg } from './svg-guard.ts';

interface Opened {
  picture: Sharp;
  width: number;
  height: number;
  hasAlpha: boolean;
  notes: PictureNote[];
}

/** A picture that only counts who opens a page is no picture. */
const LEAST_SIDE = 8;
const MAX_SIDE = 2_048;
const SVG_SIDE = 1_024;
const SMALL = 512;
const LOADERS: Record<Exclude<PictureFormat, 'heic'>, string> = {
  jpeg: 'VipsForeignLoadJpeg',
  png: 'VipsForeignLoadPng',
  webp: 'VipsForeignLoadWebp',
  gif: 'VipsForeignLoadNsgif',
  avif: 'VipsForeignLoadHeif',
  svg: 'VipsForeignLoadSvg',
};

/** Decodes and re-encodes a picture whose format is known, in this process: only a child may call it. */
export async function decodePicture(bytes: Buffer, { format, purpose }: PictureOrder): Promise<Picture> {
  allowOnly(format === 'heic' ? [] : [LOADERS[format]]);
  const opened = await open(bytes, format);
  if (Math.min(opened.width, opened.height) < LEAST_SIDE)
    throw new Never('image-too-small', `${opened.width} × ${opened.height}`);
  const small =
    purpose === 'logo' ? Math.max(opened.width, opened.height) : Math.min(opened.width, opened.height);
  const notes = [...opened.notes];
  if (small < SMALL && format !== 'svg') notes.push('small');
  if (Math.max(opened.width, opened.height) > MAX_SIDE) notes.push('resized');
  const sized = opened.picture
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  const photo = format !== 'svg' && (await isPhoto(opened.picture));
  if (photo) notes.push('photo');
  const mime = opened.hasAlpha || (purpose === 'logo' && !photo) ? 'image/png' : 'image/jpeg';
  const encoded =
    mime === 'image/png' ? sized.png() : sized.jpeg({ quality: 92, chromaSubsampling: '4:4:4' });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  return { bytes: data, mime, width: info.width, height: info.height, notes };
}

/** A file that is two formats at once is read as the one that we saw, or not at all. */
function allowOnly(loaders: string[]): void {
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  if (loaders.length > 0) sharp.unblock({ operation: loaders });
}

function open(bytes: Buffer, format: PictureFormat): Promise<Opened> {
  if (format === 'heic') return openHeic(bytes);
  return format === 'svg' ? openSvg(bytes) : openRaster(bytes);
}

async function openRaster(bytes: Buffer): Promise<Opened> {
  const meta = await sharp(bytes, { limitInputPixels: false, pages: 1 }).metadata();
  const turned = (meta.orientation ?? 1) > 1;
  const [width, height] = measure(meta);
  const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 }).autoOrient();
  const notes: PictureNote[] = [];
  if ((meta.pages ?? 1) > 1) notes.push('animated-first-frame');
  if (turned) notes.push('rotated');
  return { picture, width, height, hasAlpha: meta.hasAlpha, notes };
}

function measure({ width, height }: Metadata): [number, number] {
  guardPixels(width * height);
  return [width, height];
}

function guardPixels(pixels: number): void {
  if (pixels > MAX_PIXELS) throw new Never('image-too-many-pixels', `${pixels} pixels`);
}

async function openHeic(bytes: Buffer): Promise<Opened> {
  const { default: decode } = await import('heic-decode');
  const [first, ...others] = await decode.all({ buffer: bytes });
  if (!first) throw new Never('image-truncated');
  const { width, height } = first;
  guardPixels(width * height);
  const { data } = await first.decode();
  const picture = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
  return {
    picture,
    width,
    height,
    hasAlpha: false,
    notes: others.length > 0 ? ['animated-first-frame'] : [],
  };
}

/** Drawn at the size we want, whatever size it claims; only what it carries inside is measured. */
async function openSvg(bytes: Buffer): Promise<Opened> {
  const { text, rasters, hasText } = guardSvg(bytes);
  await guardRasters(rasters);
  const svg = Buffer.from(text);
  const claimed = await sharp(svg, { limitInputPixels: false }).metadata();
  const scale = SVG_SIDE / Math.max(claimed.width, claimed.height);
  const density = Math.min(100_000, Math.max(1, 72 * scale));
  const picture = sharp(svg, { density, limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const notes: PictureNote[] = hasText ? ['svg-text'] : [];
  return { picture, width: SVG_SIDE, height: SVG_SIDE, hasAlpha: true, notes };
}

async function guardRasters(rasters: Buffer[]): Promise<void> {
  if (rasters.length === 0) return;
  allowOnly([LOADERS.png, LOADERS.jpeg, LOADERS.gif, LOADERS.webp]);
  let pixels = 0;
  for (const raster of rasters) {
    const { width, height } = await sharp(raster, { limitInputPixels: false, pages: 1 }).metadata();
    pixels += width * height;
  }
  guardPixels(pixels);
  allowOnly([LOADERS.svg]);
}
