import sharp from 'sharp';

const background = '#e91e63';

/** A logo as people have it. */
export const png = await sharp({ create: { width: 64, height: 64, channels: 4, background } })
  .png()
  .toBuffer();
