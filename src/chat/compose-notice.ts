import type { Notice } from '../workspace/notice.ts';
import { type Card, card } from './card.ts';
import { dayInWords } from './day.ts';
import { inWords, whyLogoRefused } from './wording.ts';

type Of<T extends Notice['about']> = Extract<Notice, { about: T }>;

/** What admins should know, and what they can do about it. */
export function composeNotice(notice: Notice): Card {
  switch (notice.about) {
    case 'key':
      return key(notice);
    case 'ends':
      return ends(notice);
    case 'bought-twice':
      return card({
        title: `Take ${notice.take} of video ${notice.campaign} was bought more than once`,
        text: [
          'Its provider listed a purchase late. The extra one was called back, and whatever it is billed for is booked on the same budgets.',
        ],
      });
    case 'undownloaded':
      return card({
        title: `A finished clip is not fetched after ${notice.minutes} minutes`,
        text: [
          `Take ${notice.take} of video ${notice.campaign} is paid and ready, but could not be copied here. Providers delete their files after an hour: look at the disk, the network and the log.`,
        ],
      });
    case 'logo':
      return logo(notice);
    case 'gone':
      return card({
        title: `${notice.name} is gone`,
        text: [
          `Its provider does not know it any more, as of ${dayInWords(notice.since)}. ${instead(notice)}`,
        ],
      });
    case 'changed':
      return card({
        title: `${notice.name} has changed`,
        text: [
          `Since ${dayInWords(notice.since)} its provider does not take what is ordered here (${notice.says}), so it is not chosen for now. ${instead(notice)}`,
          'An entry of your own in MODELS_FILE can mend that; `npm run models -- check` compares.',
        ],
      });
  }
}

function logo({ name, file, code, notes }: Of<'logo'>): Card {
  if (code !== null)
    return card({
      title: `The logo for the brand kit “${name}” was not taken`,
      text: [`${file}: ${whyLogoRefused(code)} The kit stays as it was.`, anotherLogo(name)],
    });
  const known = notes.map(inWords).filter((note) => note !== null);
  return card({
    title: `The brand kit “${name}” has its logo`,
    text: [[file, ...known].join('; ')],
  });
}

/** Said in a direct message, too, where a file would be taken for a video. */
const anotherLogo = (name: string): string =>
  `Another one comes with \`/video-brand ${name} --logo\` and its https address, or as a file: in Slack in the form of the kit on my Home tab, elsewhere with that command.`;

function key({ variable, reason }: Of<'key'>): Card {
  return reason === 'bad-key'
    ? card({
        title: `${variable} is refused`,
        text: [
          'Its provider does not accept this key any more, so whatever needs it fails or goes to other models. Put a valid key into the environment and start Dailies again.',
        ],
      })
    : card({
        title: `The account behind ${variable} has no credit`,
        text: [
          'Top it up at its provider. Until then whatever needs it fails or goes to other models; nothing has to be restarted.',
        ],
      });
}

function ends(notice: Of<'ends'>): Card {
  const days = notice.left === 1 ? 'tomorrow' : `in ${notice.left} days`;
  return card({
    title: `${notice.name} ends ${days}, on ${dayInWords(notice.on)}`,
    text: [`What is being made is still finished. ${instead(notice)}`],
  });
}

const instead = ({ next }: { next: string | null }): string =>
  `Whoever asks for it then gets ${next ?? 'the best model that fits'}, and is told so.`;
