import { placements } from '../src/campaign/platform.ts';
import { purposeOf, steeringOf } from '../src/campaign/reference.ts';
import type { Command, Meant, Typed } from './command.ts';
import { readTyped } from './typed.ts';

/** What is not said is taken from the campaign in this conversation, if there is one. */
function read(typed: Typed): Meant {
  const { options, references, faults } = readTyped(typed);
  if (faults.length > 0) return { refuse: faults };
  const placement = options.platform && placements[options.platform];
  const seconds = options.seconds ?? placement?.seconds.from;
  const aspect = options.aspect ?? placement?.aspect;
  const offers = [...typed.files, ...references].map((offer) => ({ purpose: purposeOf(offer, false) }));
  const pictures = steeringOf(offers).length;
  return {
    ask: {
      about: 'compare',
      place: typed.conversation ?? typed.place,
      ...(seconds && { seconds }),
      ...(aspect && { aspect }),
      ...(pictures && { references: pictures }),
    },
  };
}

export const videoCompare: Command = {
  name: 'video-compare',
  summary: 'What each model would charge and take for a clip, side by side',
  example: '/video-compare 8s 9:16',
  options: [
    {
      name: 'duration',
      kind: 'seconds',
      summary: 'Length in whole seconds; left out, that of the video here',
    },
    { name: 'aspect', kind: 'text', choices: 'aspect', summary: 'Shape of the frame, for example 9:16' },
    { name: 'platform', kind: 'text', choices: 'platform', summary: 'Where it will be seen' },
    { name: 'reference', kind: 'files', summary: 'Pictures that the film should follow' },
  ],
  read,
};
