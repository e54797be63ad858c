import { type BrandKit, isNone, type KitIntentOf } from '../campaign/brand-kit.ts';
import { isRefusal, type Refusal, refuse } from '../campaign/refusal.ts';
import { clean, hasWords } from '../campaign/words.ts';

const longestName = 40;
const mostColours = 6;
const longestVoice = 300;
const mostBans = 10;
const longestBan = 120;

type Keep = KitIntentOf<'keep-kit'>;
type Values = Pick<BrandKit, 'name' | 'colours' | 'voice' | 'bans'>;

/** What the kit says once the wish is granted, or the first thing in it that cannot be. */
export function valuesOf(before: Values | undefined, wish: Keep): Values | Refusal {
  const name = nameFrom(wish.name);
  if (typeof name === 'object') return name;
  const colours = wish.colours ? coloursFrom(wish.colours) : (before?.colours ?? []);
  if ('refusal' in colours) return colours;
  const voice = wish.voice === undefined ? (before?.voice ?? null) : voiceFrom(wish.voice);
  if (voice && isRefusal(voice)) return voice;
  const bans = wish.bans ? bansFrom(wish.bans) : (before?.bans ?? []);
  return 'refusal' in bans ? bans : { name, colours, voice, bans };
}

/** On one line, tidied. */
const line = (text: string): string => clean(text).replace(/\s+/g, ' ');

function nameFrom(given: string): string | Refusal {
  const name = line(given);
  const fits = hasWords(name) && name.length <= longestName && !isNone(name);
  return fits ? name : refuse('kit-name-unusable', { given: name.slice(0, longestName), most: longestName });
}

function coloursFrom(given: readonly string[]): string[] | Refusal {
  const written = given.map((one) => line(one)).filter((one) => one !== '');
  const wrong = written.find((one) => colourFrom(one) === null);
  if (wrong !== undefined) return refuse('kit-colour-unreadable', { given: wrong.slice(0, longestName) });
  const colours = [...new Set(written.flatMap((one) => colourFrom(one) ?? []))];
  return colours.length > mostColours ? refuse('kit-colours-too-many', { most: mostColours }) : colours;
}

/** `#1A2B3C`, `1a2b3c` and `#abc`, as `#rrggbb`. */
function colourFrom(text: string): string | null {
  const [, hex] = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text) ?? [];
  if (!hex) return null;
  const digits = hex.length === 3 ? [...hex].map((one) => one + one).join('') : hex;
  return `#${digits.toLowerCase()}`;
}

function voiceFrom(given: string): BrandKit['voice'] | Refusal {
  const words = line(given);
  if (words.length > longestVoice) return refuse('kit-voice-too-long', { most: longestVoice });
  return words ? { words } : null;
}

function bansFrom(given: readonly string[]): BrandKit['bans'] | Refusal {
  const bans = [...new Set(given.map(line).filter(hasWords))];
  return bans.length > mostBans || bans.some((ban) => ban.length > longestBan)
    ? refuse('kit-bans-too-many', { most: mostBans, length: longestBan })
    : bans.map((words) => ({ words }));
}
