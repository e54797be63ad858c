import type { ImageToVideoCreateParams } from '@runwayml/sdk/resources/image-to-video.js';
import type { TextToVideoCreateParams } from '@runwayml/sdk/resources/text-to-video.js';
import type { Aspect } from '../../campaign/model.ts';

type Text = TextToVideoCreateParams;
type Image = ImageToVideoCreateParams;
type Of<All, Slug> = Extract<All, { model: Slug }>;
type Has<Body, Key extends string> = Key extends keyof Body ? true : false;
type RatioOf<Body> = Body extends { ratio?: infer R } ? Extract<R, string> : never;
type Shapes<Ratio> = Partial<Record<'480p' | '720p' | '1080p', Partial<Record<Aspect, Ratio>>>>;

interface Mode<Body> {
  ratio: Shapes<RatioOf<Body>>;
  audio: Has<Body, 'audio'>;
  seed: Has<Body, 'seed'>;
  /** How many pictures to follow. */
  references: Has<Body, 'references'> extends true ? number : 0;
  /** Always said: defaults have changed without notice. */
  fixed?: Partial<Body>;
}
type ModeOf<Body> = [Body] extends [never] ? null : Mode<Body>;

interface Row<Slug extends string> {
  /** UTF-16 code units of the prompt. */
  words: number;
  /** From words, with pictures to follow where there are any. */
  text: ModeOf<Of<Text, Slug>>;
  /** From a first frame. */
  image: ModeOf<Of<Image, Slug>>;
}

// Where a model makes no 4:5, its 3:4 is nearest and the finish crops it.
const wide = { '16:9': '1280:720', '9:16': '720:1280' } as const;
const full = { '16:9': '1920:1080', '9:16': '1080:1920' } as const;
const gen4 = { ...wide, '1:1': '960:960', '4:5': '832:1104' } as const;
const small = { '1:1': '640:640', '4:5': '560:752' } as const;
const seedance720 = { ...wide, '1:1': '960:960', '4:5': '834:1112' } as const;
const seedance1080 = { ...full, '1:1': '1440:1440', '4:5': '1248:1664' } as const;
const seedance2Shapes = {
  '480p': { '16:9': '864:496', '9:16': '496:864', ...small },
  '720p': seedance720,
} as const;
const seedance25Shapes = {
  '480p': { '16:9': '854:480', '9:16': '480:854', ...small },
  '720p': seedance720,
  '1080p': seedance1080,
} as const;
// The frame decides the shape.
const follow = <const R extends string>(ratio: R) => ({
  '16:9': ratio,
  '9:16': ratio,
  '1:1': ratio,
  '4:5': ratio,
});

const gen4Fixed = { contentModeration: { publicFigureThreshold: 'auto' } } as const;
const gen45 = {
  audio: false,
  seed: true,
  references: 0,
  fixed: { ...gen4Fixed, outputFormat: 'mp4' },
} as const;
const veoMode = { ratio: { '720p': wide, '1080p': full }, audio: true, seed: true, references: 0 } as const;
const veo = { words: 1000, text: veoMode, image: veoMode } as const;
const seedance = <const R extends object>(words: number, ratio: R, references: number) => ({
  words,
  text: { ratio, audio: true, seed: true, references } as const,
  image: { ratio, audio: true, seed: true, references: 0 } as const,
});
const wanShapes = {
  '480p': { '16:9': '832:480', '9:16': '480:832', '1:1': '624:624', '4:5': '544:720' },
  '720p': gen4,
  '1080p': { ...full, '1:1': '1440:1440', '4:5': '1248:1648' },
} as const;
const wanFrames = { '480p': follow('auto_480p'), '720p': follow('auto_720p'), '1080p': follow('auto_1080p') };
const wan = {
  words: 1000,
  text: { ratio: wanShapes, audio: true, seed: false, references: 10 },
  image: { ratio: wanFrames, audio: true, seed: false, references: 0 },
} as const;
const omniMode = { ratio: { '720p': wide, '1080p': full }, audio: false, seed: false } as const;

/** What each model of Runway takes. The compiler holds every ratio, field and flag against the SDK's types. */
const models: { [Slug in Known]: Row<Slug> } = {
  'gen4.5': {
    words: 1000,
    text: { ...gen45, ratio: { '720p': wide } },
    image: { ...gen45, ratio: { '720p': gen4 } },
  },
  gen4_turbo: {
    words: 1000,
    text: null,
    image: { ratio: { '720p': gen4 }, audio: false, seed: true, references: 0, fixed: gen4Fixed },
  },
  'veo3.1': veo,
  'veo3.1_fast': veo,
  seedance2: seedance(3500, { ...seedance2Shapes, '1080p': seedance1080 }, 9),
  seedance2_fast: seedance(3500, seedance2Shapes, 9),
  seedance2_mini: seedance(3500, seedance2Shapes, 9),
  seedance2_5: seedance(15_000, seedance25Shapes, 30),
  wan3: wan,
  wan3_prime: wan,
  'gemini_omni_flash_1.1': {
    words: 1000,
    text: { ...omniMode, references: 3 },
    image: { ...omniMode, references: 0 },
  },
};

type Known =
  | 'gen4.5'
  | 'gen4_turbo'
  | 'veo3.1'
  | 'veo3.1_fast'
  | 'seedance2'
  | 'seedance2_fast'
  | 'seedance2_mini'
  | 'seedance2_5'
  | 'wan3'
  | 'wan3_prime'
  | 'gemini_omni_flash_1.1';

/** The same without the models' own types, for whoever puts a body together. */
export interface Offer {
  ratio: Record<string, Partial<Record<Aspect, string>>>;
  audio: boolean;
  seed: boolean;
  references: number;
  fixed?: object;
}

/** What a model takes, or null where we do not know it. */
export function offersOf(slug: string): { words: number; text: Offer | null; image: Offer | null } | null {
  return Object.hasOwn(models, slug) ? models[slug as Known] : null;
}
