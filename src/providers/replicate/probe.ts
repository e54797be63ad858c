import { type Aspect, type Model, offersSeconds, referencesTaken } from '../../campaign/model.ts';
import type { Finding } from '../probe.ts';
import { propose } from '../propose.ts';
import { type Api, type ReplicateAccess, replicateApi } from './api.ts';
import { inputOf, type Pictures } from './input.ts';
import { faultsIn, type InputSchema, readInputSchema } from './schema.ts';

/** Compares what we would order with the live parameters. Throws TryLater where the provider cannot be asked. */
export async function probeReplicate(access: ReplicateAccess, model: Model): Promise<Finding> {
  const live = await liveSchema(replicateApi(access), model.slug ?? model.id);
  if (live === 'gone') return { verdict: 'gone', says: 'no such model' };
  if (live.schema === null) return { verdict: 'unknown', says: 'it tells no parameters' };
  const faults = faultsOf(model, live.schema);
  return faults.length > 0
    ? { verdict: 'differs', says: faults.join('; ') }
    : { verdict: 'fits', says: 'every order is taken' };
}

/** An entry for `owner/name`, from its live parameters; a sentence where none can be made. */
export async function proposeReplicate(
  access: ReplicateAccess,
  slug: string,
  day: string,
): Promise<Model | string> {
  const live = await liveSchema(replicateApi(access), slug);
  if (live === 'gone') return `Replicate knows no ${slug}.`;
  if (live.schema === null) return `${slug} tells no parameters.`;
  const proposal = propose({ slug, description: live.description, day }, live.schema);
  if ('model' in proposal) return proposal.model;
  return `${slug} wants ${proposal.needs.join(' and ')}, which Dailies has not to give.`;
}

async function liveSchema(
  api: Api,
  slug: string,
): Promise<'gone' | { schema: InputSchema | null; description: string | null }> {
  const model = await api.model(slug);
  if (model === null) return 'gone';
  const schema = readInputSchema(model.latest_version?.openapi_schema);
  return { schema, description: model.description ?? null };
}

/** What is wrong with any order this entry allows: every length, every shape, with pictures and without. */
function faultsOf(model: Model, schema: InputSchema): string[] {
  const lengths = Array.from({ length: 121 }, (_, s) => s).filter((s) => offersSeconds(model, s));
  const inputs = (lengths.length > 0 ? lengths : [0]).flatMap((seconds) =>
    model.aspects.flatMap((aspect) => {
      const wish = { prompt: 'A film', aspect, seed: 1, ...(seconds > 0 ? { seconds } : {}) };
      return picturesFor(model, { seconds, aspect }).map((pictures) => inputOf(model, wish, pictures));
    }),
  );
  return [...new Set(inputs.flatMap((input) => faultsIn(input, schema)))];
}

function picturesFor(model: Model, shape: { seconds: number; aspect: Aspect }): Pictures[] {
  const url = 'https://example.com/picture.png';
  const most = referencesTaken(model, { ...shape, hasStill: false });
  const references = Array.from({ length: most }, () => ({ url, purpose: 'style' as const }));
  const withStill = { still: url, references: [] };
  const mustHave = model.kinds.every((kind) => kind === 'image-to-video');
  if (mustHave) return [withStill];
  return model.inputs?.still ? [{ still: null, references }, withStill] : [{ still: null, references }];
}
