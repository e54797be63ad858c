import { type Settings, usualStill } from './brief.ts';
import { modelFor } from './choose-model.ts';
import type { Context, Draft } from './context.ts';
import { kitFor, lendLogoOnce } from './decide-kit.ts';
import { refineWhenReady } from './decide-prompt.ts';
import { offer } from './decide-references.ts';
import { fitLength, substitute, substituteStill } from './decide-settings.ts';
import type { IntentOf } from './intent.ts';
import type { Catalogue } from './model.ts';
import { placements } from './platform.ts';
import type { Approvers } from './policy.ts';
import { mostReferences } from './reference.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { stillSettings } from './still-offer.ts';
import { templates } from './template.ts';
import { clean, hasWords, longestBrief, numberFrom } from './words.ts';

type Open = IntentOf<'open'>;

/** A brief and some files become a campaign; its conversation is opened next. */
export function open(draft: Draft, intent: Open, context: Context): Refusal | undefined {
  if (draft.campaign.phase !== 'unopened') return refuse('campaign-open');
  const words = clean(intent.words);
  const wrong = unreadable(words, intent);
  if (wrong) return wrong;
  const settings = settingsOf(intent.options, context.catalogue, context.policy.defaultModel);
  if (isRefusal(settings)) return settings;
  const approvers = approversOf(intent, context);
  if (approvers && isRefusal(approvers)) return approvers;
  const kit = kitFor(intent.options.brand, context);
  if (kit && isRefusal(kit)) return kit;
  const { options } = intent;
  const text = (value: string | undefined) => (value && clean(value) ? clean(value) : null);
  const kept = (value: string | undefined) => (text(value) ? { words: text(value) ?? '' } : null);
  draft.add({
    type: 'campaign.opened',
    at: context.now,
    workspace: context.workspace,
    person: context.person,
    channel: intent.place,
    seed: numberFrom(draft.campaign.id),
    words,
    template: options.template ?? null,
    platform: options.platform ?? null,
    product: text(options.product),
    tagline: text(options.tagline),
    description: kept(options.description),
    note: kept(options.note),
    approvers,
    settings,
  });
  if (kit) draft.add({ type: 'kit.taken', at: context.now, kit });
  for (const reference of intent.references) offer(draft, reference, context);
  lendLogoOnce(draft, context);
  if (options.model) substitute(draft, options.model, settings.model, context);
  substituteStill(draft, options.stillModel, context);
  // The usual length is nobody's wish.
  if (options.seconds || options.platform || options.template)
    fitLength(draft, wishedSeconds(options), context);
  refineWhenReady(draft);
  return undefined;
}

function unreadable(words: string, intent: Open): Refusal | null {
  if (words.length > longestBrief)
    return refuse('brief-too-long', { length: words.length, most: longestBrief });
  if (intent.references.length > mostReferences)
    return refuse('references-too-many', { most: mostReferences });
  if (hasWords(words)) return null;
  if (words !== '') return refuse('brief-wordless');
  const somethingElse = intent.references.length > 0 || intent.options.template || intent.options.product;
  return somethingElse ? null : refuse('brief-empty');
}

/** Whoever was named, unless that would leave nobody who may decide. Of groups only the platform knows who is in them. */
function approversOf({ approvers }: Open, { person, policy }: Context): Approvers | Refusal | null {
  if (!approvers || approvers.people.length + approvers.groups.length === 0) return null;
  const people = [...new Set(approvers.people)];
  const groups = [...new Set(approvers.groups)];
  const able = people.filter((one) => one !== person || policy.selfApproval).length;
  if (groups.length === 0 && able < policy.quorum)
    return refuse('approvers-too-few', { needed: policy.quorum, self: policy.selfApproval });
  return { people, groups };
}

function wishedSeconds({ seconds, template, platform }: Open['options']): number {
  const usual = template ? templates[template].seconds : 6;
  return seconds ?? Math.max(usual, platform ? placements[platform].seconds.from : 0);
}

/** What was chosen, or the sensible default: the best living model that fits shape and length. */
function settingsOf(
  options: Open['options'],
  catalogue: Catalogue,
  standard: string | null,
): Settings | Refusal {
  const placement = options.platform && placements[options.platform];
  const aspect = options.aspect ?? placement?.aspect ?? '16:9';
  const seconds = wishedSeconds(options);
  const name = options.model ?? standard;
  const choice = modelFor({ name, seconds, aspect }, catalogue);
  if (isRefusal(choice)) return choice;
  const still = stillSettings(usualStill, options, catalogue);
  if (isRefusal(still)) return still;
  const verbatim = options.verbatim ?? false;
  const { model, seconds: made } = choice;
  return { model: model.id, named: name !== null, seconds: made, aspect, verbatim, still };
}
