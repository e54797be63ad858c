import type { RunwayML } from '@runwayml/sdk';
import type { ImageToVideoCreateParams } from '@runwayml/sdk/resources/image-to-video.js';
import type { TextToVideoCreateParams } from '@runwayml/sdk/resources/text-to-video.js';
import { mentioning } from '../../campaign/mention.ts';
import { type Aspect, type Model, ordersOf } from '../../campaign/model.ts';
import { steeringOf } from '../../campaign/reference.ts';
import { Never } from '../../errors.ts';
import type { TakeOrder } from '../video.ts';
import { type Offer, offersOf } from './models.ts';

/** A paid request, ready but for its pictures. */
export interface Draft {
  /** Files of the pictures, in the order in which `send` wants their URIs. */
  pictures: readonly string[];
  /** Sends the request; the answer is whatever came. */
  send(client: RunwayML, uris: readonly string[], options: { signal: AbortSignal }): Promise<unknown>;
}

/**
 * How an order is put to a model of Runway: from the still where there is one, else from words, with the references
 * that the model can follow.
 *
 * @throws Never `retired` for a model we do not know, `provider-error` for what it cannot make
 */
export function draftOf(order: TakeOrder, model: Model): Draft {
  const slug = model.slug ?? model.id;
  const offers = offersOf(slug);
  if (!offers) throw new Never('retired', `unknown to us: ${slug}`);
  const most = Math.min(offers.words, model.inputs?.prompt.most ?? offers.words);
  const named = {
    model: slug,
    promptText: shortened(mentioning(order.prompt, 0, null), most),
    duration: order.seconds,
  };
  if (order.still !== null)
    return fromStill(order.still, { ...named, ...settings(order, model, offers.image) });
  const body = { ...named, ...settings(order, model, offers.text) };
  return fromWords(followed(order, Math.min(model.references, offers.text?.references ?? 0)), body);
}

// The table in models.ts is held against these types field by field.
const fromStill = (still: string, body: object): Draft => ({
  pictures: [still],
  send: (client, [uri], options) => {
    const promptImage = [{ uri, position: 'first' }];
    return client.imageToVideo.create({ ...body, promptImage } as ImageToVideoCreateParams, options);
  },
});

const fromWords = (pictures: readonly string[], body: object): Draft => ({
  pictures,
  send: (client, uris, options) => {
    const references = uris.length > 0 ? { references: uris.map((uri) => ({ uri })) } : {};
    return client.textToVideo.create({ ...body, ...references } as TextToVideoCreateParams, options);
  },
});

function settings(
  { aspect, seed, still, silent = false }: TakeOrder,
  model: Model,
  offer: Offer | null,
): object {
  const ratio = offer && ratioOf(aspect, model, offer);
  const how = still === null ? 'from words' : 'from a still';
  if (!ratio) throw new Never('provider-error', `${model.id}: no ${aspect} ${how}`);
  const audio = offer.audio ? { audio: ordersOf(model, silent).audio ?? false } : {};
  return { ratio, ...audio, ...(offer.seed ? { seed } : {}), ...offer.fixed };
}

/** The size that is paid for; where the catalogue names none, its own word for the shape, if it is one here. */
function ratioOf(aspect: Aspect, { orders, inputs }: Model, { ratio }: Offer): string | undefined {
  if (orders?.resolution) return ratio[orders.resolution]?.[aspect];
  const own = inputs?.aspect?.values?.[aspect];
  const isTaken = Object.values(ratio).some((shapes) => shapes[aspect] === own);
  return isTaken && own ? own : ratio['720p']?.[aspect];
}

// A logo is laid over the finished clip; a model that follows one draws it wrong.
const followed = ({ references }: TakeOrder, most: number): string[] =>
  steeringOf(references)
    .slice(0, most)
    .map(({ path }) => path);

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most so many UTF-16 code units, no character taken apart. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd();
}
