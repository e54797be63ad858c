import type { Look } from '../video.ts';
import { withoutFaults } from './faults.ts';
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

/** What stands on the screen: the brand's own words, else the strongest of the prompt. */
export function screenWords(look: Look, prompt: string): { title: string; tagline: string } {
  if (look.title) return { title: look.title, tagline: look.tagline };
  const words = withoutFaults(prompt);
  const { product, tagline } = namesIn(words);
  return { title: product ?? strongest(words), tagline: look.tagline || (tagline ?? '') };
}

function strongest(words: string): string {
  const sentence = words.split(/[.!?。:;\n]/u)[0] ?? '';
  const kept = (sentence.match(/[\p{L}\p{N}'’-]+/gu) ?? []).filter((word) => !weak.has(word.toLowerCase()));
  const title = kept.slice(0, 3).join(' ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}
