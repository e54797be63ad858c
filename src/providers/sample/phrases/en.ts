import type { Phrases } from '../phrases.ts';

export const english: Phrases = {
  shots: [
    'Cinematic composition, the subject on the left third, one large side light, the eye lands on the subject first',
    'Consistent lighting from a single big window, the subject centred, background two stops under, one focal point',
    'Clear focal point: the subject alone in sharp focus, everything else falls away, light from behind and above',
    'Film still, 35 mm, shallow depth of field, the subject caught mid-moment on the right third, practical lights',
    'Establishing shot: wide frame, low horizon, light raking in from one side, the subject small but unmistakable',
  ],
  cameras: [
    'The camera pushes in on a dolly and stops a hand away from the subject',
    'The camera orbits the subject a quarter turn while the background drifts',
    'The camera pans from left to right and settles on the subject',
    'The camera rises from the detail to the whole',
    'The camera holds while light travels across the subject',
  ],
  light: 'one light direction throughout',
  wishes: {
    darker: {
      still: 'low-key light, deep shadows, the background falls away',
      motion: 'low-key light, deep shadows, exposure held down from first frame to last',
    },
    brighter: {
      still: 'high-key light, open shadows, an airy background',
      motion: 'high-key light, open shadows, exposure lifted from first frame to last',
    },
    slower: {
      still: 'a calm, settled moment',
      motion: 'long unhurried moves at half the tempo, time to look',
    },
    faster: {
      still: 'caught at the peak of the movement',
      motion: 'brisk moves, short beats, a new angle every second',
    },
    warmer: {
      still: 'golden-hour light around 3200 K, amber highlights',
      motion: 'golden-hour light that grows over the shot',
    },
    colder: {
      still: 'cool light around 6500 K, crisp air',
      motion: 'cool light that stays even, crisp air',
    },
    dramatic: {
      still: 'three-point lighting: hard key, faint fill, strong rim; a moody, charged atmosphere',
      motion: 'three-point lighting: hard key, faint fill, strong rim; the mood builds to the last frame',
    },
    soft: {
      still: 'large diffused source, pastel tones, gradients instead of edges',
      motion: 'diffused light, pastel tones, easing in and out of every move',
    },
    minimal: {
      still: 'a bare set, one subject, two thirds of the frame empty',
      motion: 'one subject, one move, nothing else in frame',
    },
    rich: {
      still: 'layered set, saturated colour, texture in every plane',
      motion: 'layers passing at different speeds, saturated colour',
    },
    neon: {
      still: 'neon tubes and their reflections on wet surfaces',
      motion: 'neon flicker and its reflections sliding over wet surfaces',
    },
    cinematic: {
      still: 'anamorphic frame, shallow depth of field, fine film grain',
      motion: 'slow pan across the subject, settling on it, with parallax in fore- and background',
    },
  },
  templates: {
    'brand-animation': {
      still: 'the centre kept free for the logo, which is added afterwards',
      motion: 'shapes gather into a free centre where the logo will stand, and rest there',
    },
    'product-showcase': {
      still: 'the product as hero, three-quarter view, edges readable against the background',
      motion: 'the product turns a quarter on its base, detail first, whole product last',
    },
    'social-media': {
      still: 'readable at thumb size, upper and lower fifth kept free of detail',
      motion: 'the idea is visible within the first second, the last frame loops into the first',
    },
  },
  subject: (product) => `The product is ${product}`,
  must: (things) => `Must show: ${things}`,
  without: (thing) => `without ${thing}`,
  reference: (names, purpose) => `Follow the reference for ${purpose}: ${names}`,
  palette: (colours) => `Palette: ${colours}`,
  why: (shot, wishes) => (wishes ? `${shot}; worked in: ${wishes}.` : `${shot}; your words lead.`),
  names: {
    darker: 'darker',
    brighter: 'brighter',
    slower: 'slower',
    faster: 'faster',
    warmer: 'warmer',
    colder: 'colder',
    dramatic: 'dramatic light',
    soft: 'softness',
    minimal: 'a bare set',
    rich: 'richness',
    neon: 'neon',
    cinematic: 'cinema',
  },
  stop: '. ',
};
