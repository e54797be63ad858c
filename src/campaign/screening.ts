import { z } from 'zod';
import { boardOf, type Campaign, mustNotsOf, takeOf } from './campaign.ts';
import type { Picture } from './file.ts';
import type { FailureReason } from './take.ts';

/** What can be wrong with words or a picture, whoever looked. */
export const Harm = z.enum(['hate', 'harassment', 'self-harm', 'sexual', 'violence', 'illicit', 'other']);
export type Harm = z.infer<typeof Harm>;

/** What is looked through as one before money is spent on it: a take, or a board of stills. */
export interface Purchase {
  of: 'take' | 'stills';
  n: number;
}

/** One thing that goes into a purchase. `reference` null: the still that was picked. */
export type Part =
  | { kind: 'words'; words: string }
  | { kind: 'picture'; reference: string | null; picture: Picture };

/** What was looked through before buying: only these pictures (their SHA-256) go along. */
export interface Clearance {
  pictures: readonly string[];
  /** Why nobody could look; the provider's own rules have to do. */
  unchecked: FailureReason | null;
}

/** Every text and picture that goes into a purchase, and every text its wording was made from. */
export function partsOf(campaign: Campaign, { of, n }: Purchase): Part[] {
  const bought = of === 'take' ? takeOf(campaign, n) : boardOf(campaign, n);
  if (!bought) return [];
  const revision = campaign.revisions.find((r) => r.n === bought.revision);
  const wording = (of === 'take' ? revision?.motion : revision?.still)?.words ?? '';
  // A person's own wording is all that goes; what came before it is out of play, and can be mended so.
  const behind = revision?.by === 'person' ? [] : wishesOf(campaign);
  const texts = new Set([...behind, wording, onScreen(campaign)].filter((text) => text.trim() !== ''));
  return [
    ...[...texts].map((words): Part => ({ kind: 'words', words })),
    ...picturesOf(campaign, bought.references, 'still' in bought ? [bought.still, bought.last] : []),
  ];
}

export const picturesIn = (parts: readonly Part[]): string[] =>
  parts.flatMap((part) => (part.kind === 'picture' ? [part.picture.sha256] : []));

function wishesOf(campaign: Campaign): string[] {
  const { brief, notes, kit } = campaign;
  const description = brief.description ? [brief.description] : [];
  const wishes = [
    ...description,
    ...notes,
    ...brief.musts,
    ...mustNotsOf(campaign),
    ...(kit?.voice ? [kit.voice] : []),
  ];
  return [brief.words, ...wishes.map(({ words }) => words)];
}

/** No model sees these, but everybody who sees the film. */
const onScreen = ({ brief }: Campaign): string =>
  [brief.product, brief.tagline].filter((text) => text !== null).join('\n');

/** The pictures that go along, and the logo, which everybody sees. A frame may be a reference, or a still of ours. */
function picturesOf(
  { references }: Campaign,
  along: readonly string[],
  frames: readonly (Picture | null)[],
): Part[] {
  const ready = references.filter((r) => r.state === 'ready' && r.picture);
  const seen = ready.filter((r) => r.purpose === 'logo' || along.includes(r.id));
  const idOf = (frame: Picture) => ready.find((r) => r.picture?.sha256 === frame.sha256)?.id ?? null;
  return [
    ...seen.flatMap(({ id, picture }): Part[] =>
      picture ? [{ kind: 'picture', reference: id, picture }] : [],
    ),
    ...frames.flatMap((frame): Part[] =>
      frame ? [{ kind: 'picture', reference: idOf(frame), picture: frame }] : [],
    ),
  ];
}
