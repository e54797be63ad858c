import type { Look } from '../video.ts';
import { withoutFaults } from './faults.ts';
import { wishesIn } from './mood.ts';
import { namesIn } from './names.ts';

const weak = new Set(
  `a an the of and with for our new show make it is are this that in on at to from by into over under as my your we us
  video film clip ad advert spot reel story teaser trailer launch campaign promo commercial social media post short
  product brand must darker brighter slower faster cinematic please some very more
  der die das ein eine einen einem einer und mit für unser unsere unseren neue neuen neuer auf im am vom zum zur von
  produktvideo werbung werbefilm werbespot kampagne
  le la les un une des du et avec pour notre nos dans sur vidéo el los las una con para nuestro nuestra en sobre`.split(
    /\s+/,
  ),
);

/** What stands on the screen, and the same prompt without the names in it, to be read for wishes. */
export interface ScreenWords {
  title: string;
  tagline: string;
  wishes: string;
}

/** The brand's own words, else the names in the prompt, else its strongest words. A name is no wish: "Midnight Roast" is no night. */
export function screenWords(look: Look, prompt: string): ScreenWords {
  const words = withoutFaults(prompt);
  const found = namesIn(words);
  const name = look.title || (found.product ?? '');
  const tagline = look.tagline || (found.tagline ?? '');
  const wishes = [name, tagline].reduce((text, each) => (each ? text.replaceAll(each, ' ') : text), words);
  return { title: name || strongest(words), tagline: look.title ? look.tagline : tagline, wishes };
}

function strongest(words: string): string {
  const sentence = words.split(/[.!?。:;\n]/u)[0] ?? '';
  const wishes = new Set(wishesIn(sentence).flatMap((wish) => wish.text.toLowerCase().split(/\s+/)));
  const all = sentence.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  const kept = all.filter((word) => !weak.has(word.toLowerCase()) && !wishes.has(word.toLowerCase()));
  const title = kept.slice(0, 3).join(' ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}
