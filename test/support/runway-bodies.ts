import type { ImageToVideoCreateParams as Image } from '@runwayml/sdk/resources/image-to-video.js';
import type { TextToVideoCreateParams as Text } from '@runwayml/sdk/resources/text-to-video.js';
import { z } from 'zod';

/** Says whether a URI can be read: https with a host name, a data URI of at most 5 MiB, or an upload that is there. */
export type Reachable = (uri: string) => boolean;

// Every field of the SDK's type has to be here with values of its type, and no other may: so it stays strict.
type Shape<Body> = { [Key in keyof Required<Body>]: z.ZodType<Body[Key]> };
const closed =
  <Body extends object>() =>
  <S extends Shape<Body>>(shape: S & Record<Exclude<keyof S, keyof Body>, never>) =>
    z.strictObject(shape);

const text = (most: number) => z.string().min(1).max(most);
const seed = z.int().min(0).max(4_294_967_295).optional();
const audio = z.boolean().optional();
const never = z.undefined().optional();
const whole = (from: number, to: number) => z.int().min(from).max(to);

const wide = ['1280:720', '720:1280'] as const;
const gen4 = [...wide, '1104:832', '960:960', '832:1104', '1584:672'] as const;
const veo = [...wide, '1080:1920', '1920:1080'] as const;
const seedanceSmall = [
  '752:560',
  '640:640',
  '560:752',
  '1470:630',
  '1112:834',
  '960:960',
  '834:1112',
] as const;
const seedanceHd = ['2206:946', '1920:1080', '1664:1248', '1440:1440', '1248:1664', '1080:1920'] as const;
const seedanceFast = [...wide, ...seedanceSmall, '992:432', '864:496', '496:864'] as const;
const seedance25 = [...wide, ...seedanceSmall, ...seedanceHd, '992:432', '854:480', '480:854'] as const;
const seedance4k = ['3840:1646', '3840:2160', '3840:2880', '3840:3840', '2880:3840', '2160:3840'] as const;
const wanSmall = ['832:480', '720:544', '624:624', '544:720', '480:832'] as const;
const wanHd = ['1920:1080', '1648:1248', '1440:1440', '1248:1648', '1080:1920'] as const;
const wanWords = [...wanSmall, ...wide, '1104:832', '960:960', '832:1104', ...wanHd] as const;
const wanFrame = ['auto_480p', 'auto_720p', 'auto_1080p'] as const;
const omniRatios = [...veo, '640:360', '360:640', '3840:2160', '2160:3840'] as const;

/** What Runway takes, per model: the SDK's types, and the limits that its comments add. */
export function bodiesFor(reachable: Reachable) {
  const uri = z.string().refine(reachable, 'the asset cannot be read');
  const first = z.array(z.strictObject({ uri, position: z.literal('first') })).length(1);
  const promptImage = z.union([uri, first]);
  const ends = z
    .array(z.strictObject({ uri, position: z.enum(['first', 'last']) }))
    .min(1)
    .max(2);
  const promptImages = z.union([uri, ends]);
  const references = (most: number) => z.array(z.strictObject({ uri })).max(most).optional();
  const moderation = z.strictObject({ publicFigureThreshold: z.enum(['auto', 'low']) }).optional();
  const heard = { referenceAudio: never, referenceVideos: never };

  const gen45 = { promptText: text(1000), contentModeration: moderation, seed, duration: whole(2, 10) };
  const plain = { outputFormat: z.literal('mp4').optional(), proresProfile: never };
  const veoBoth = { ratio: z.enum(veo), audio, duration: z.literal([4, 6, 8]).optional(), seed };
  const veoText = <const Slug extends string>(model: Slug) => ({
    ...veoBoth,
    model: z.literal(model),
    promptText: text(1000),
    negativePrompt: text(1000).optional(),
  });
  const seedance = <const Slug extends string, const Ratio extends readonly string[]>(
    model: Slug,
    ratio: Ratio,
    to: number,
  ) => ({
    model: z.literal(model),
    ratio: z.enum(ratio).optional(),
    duration: z.union([whole(4, to), z.literal('auto')]).optional(),
    audio,
    seed,
    referenceAudio: never,
  });
  const mini = <const Slug extends string>(model: Slug) => seedance(model, seedanceFast, 15);
  const two = seedance('seedance2', [...seedanceFast, ...seedanceHd, ...seedance4k], 15);
  const twoFive = seedance('seedance2_5', seedance25, 30);
  const told = { promptText: text(3500), references: references(9), referenceVideos: never };
  const shown = { promptText: text(3500).optional(), promptImage: promptImages };
  const wan = <const Slug extends string>(model: Slug) => ({
    model: z.literal(model),
    promptText: text(5000),
    audio,
    duration: whole(2, 30).optional(),
    ...heard,
  });
  const wanText = <const Slug extends string>(model: Slug) => ({
    ...wan(model),
    ratio: z.enum(wanWords).optional(),
    references: references(10),
  });
  const wanImage = <const Slug extends string>(model: Slug) => ({
    ...wan(model),
    ratio: z.enum(wanFrame).optional(),
    promptImage: ends,
  });
  const omni = {
    model: z.literal('gemini_omni_flash_1.1'),
    promptText: text(5000),
    duration: z.union([whole(3, 10), z.literal('auto')]).optional(),
    ratio: z.enum(omniRatios).optional(),
  };

  return {
    text_to_video: {
      'gen4.5': closed<Text.Gen4_5>()({
        ...gen45,
        ...plain,
        model: z.literal('gen4.5'),
        ratio: z.enum(wide),
      }),
      'veo3.1': closed<Text.Veo3_1>()(veoText('veo3.1')),
      'veo3.1_fast': closed<Text.Veo3_1Fast>()(veoText('veo3.1_fast')),
      seedance2: closed<Text.Seedance2>()({ ...two, ...told }),
      seedance2_fast: closed<Text.Seedance2Fast>()({ ...mini('seedance2_fast'), ...told }),
      seedance2_mini: closed<Text.Seedance2Mini>()({ ...mini('seedance2_mini'), ...told }),
      seedance2_5: closed<Text.Seedance2_5>()({
        ...twoFive,
        ...told,
        promptText: text(15_000).optional(),
        references: references(30),
      }),
      wan3: closed<Text.Wan3>()(wanText('wan3')),
      wan3_prime: closed<Text.Wan3Prime>()(wanText('wan3_prime')),
      'gemini_omni_flash_1.1': closed<Text.GeminiOmniFlash1_1>()({
        ...omni,
        references: references(20),
        referenceVideos: never,
      }),
    },
    image_to_video: {
      'gen4.5': closed<Image.Gen4_5>()({
        ...gen45,
        ...plain,
        model: z.literal('gen4.5'),
        ratio: z.enum(gen4),
        promptImage,
      }),
      gen4_turbo: closed<Image.Gen4Turbo>()({
        model: z.literal('gen4_turbo'),
        promptImage,
        ratio: z.enum(gen4),
        contentModeration: moderation,
        duration: whole(2, 10).optional(),
        promptText: text(1000).optional(),
        seed,
      }),
      'veo3.1': closed<Image.Veo3_1>()({
        ...veoText('veo3.1'),
        promptText: text(1000).optional(),
        promptImage: promptImages,
      }),
      'veo3.1_fast': closed<Image.Veo3_1Fast>()({
        ...veoText('veo3.1_fast'),
        promptText: text(1000).optional(),
        promptImage: promptImages,
      }),
      seedance2: closed<Image.Seedance2>()({ ...two, ...shown }),
      seedance2_fast: closed<Image.Seedance2Fast>()({ ...mini('seedance2_fast'), ...shown }),
      seedance2_mini: closed<Image.Seedance2Mini>()({ ...mini('seedance2_mini'), ...shown }),
      seedance2_5: closed<Image.Seedance2_5>()({ ...twoFive, ...shown, promptText: text(15_000).optional() }),
      wan3: closed<Image.Wan3>()(wanImage('wan3')),
      wan3_prime: closed<Image.Wan3Prime>()(wanImage('wan3_prime')),
      'gemini_omni_flash_1.1': closed<Image.GeminiOmniFlash1_1>()({ ...omni, promptImage: promptImages }),
    },
  } as const satisfies Record<string, Record<string, z.ZodType>>;
}
