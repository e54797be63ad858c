import { concerns } from '../campaign/audience.ts';
import { type Campaign, promptIn, unopened } from '../campaign/campaign.ts';
import { campaignOf } from '../campaign/compare.ts';
import { type Catalogue, StillQuality, StillStyle, stillModels } from '../campaign/model.ts';
import type { ChoiceSource, Question } from '../campaign/question.ts';
import { openStatuses, type Status } from '../campaign/status.ts';
import { templates } from '../campaign/template.ts';
import { askerKey } from '../chat/asker.ts';
import { composeCampaigns, composeModels, modelInWords } from '../chat/boards.ts';
import type { Card } from '../chat/card.ts';
import type { Asked, Doors, Suggestion } from '../chat/chat.ts';
import { fixedChoices, matching } from '../chat/choices.ts';
import { composeComparison } from '../chat/compare.ts';
import { composeRefusal } from '../chat/compose.ts';
import { composeHelp } from '../chat/help.ts';
import { typing } from '../chat/ways.ts';
import type { Engine, Told as EngineTold } from '../engine/engine.ts';
import { halfGone, suspend } from '../engine/suspend.ts';
import type { Head, Journal } from '../journal/journal.ts';
import type { Seal } from '../seal.ts';
import { atHand } from './at-hand.ts';
import { brandDoors, kitsAsked } from './brands.ts';
import { homeDoors } from './home.ts';
import { keepFor, sealedFor } from './keep.ts';

const boardRows = 20;
/** On the way to so many rows; more would keep the acknowledgement waiting. */
const lookedAt = 200;

interface Parts {
  engine: Engine;
  journal: Journal;
  catalogue: () => Catalogue;
  clock: () => number;
  seal: Seal | null;
}

/** The doors of one platform; what it keeps is kept under its own name. */
export function doors(platform: string, parts: Parts): Doors {
  const { engine, journal, catalogue, seal } = parts;
  const tell: Doors['tell'] = async ({ asker, kept, ...incoming }) => {
    const opens = asker !== undefined && incoming.intent.type === 'open';
    const keeps = (campaign: string) => [
      ...(opens ? [sealedFor(platform, askerKey(campaign), asker, seal)] : []),
      ...(kept === undefined ? [] : [{ space: platform, key: kept, value: null }]),
    ];
    const { refusal, campaign } = await engine.tell({ ...incoming, keeps });
    return { answer: refusal && composeRefusal(refusal, incoming.intent), refusal, campaign };
  };
  return {
    tell,
    async react({ place, message, verdict, ...by }) {
      const card = await journal.cardOf(place, message);
      if (!card) return 'unknown';
      const [, cut] = /^(?:review|cut):(.+)$/.exec(card.key) ?? [];
      if (!cut) return 'nothing';
      const campaign = card.stream.slice('campaign:'.length);
      const intent = { type: 'vote', verdict, cut, words: '' } as const;
      return { ...(await tell({ ...by, at: { campaign }, intent })), place: card.place };
    },
    reviews: () => reviews(platform, { engine, journal }),
    async campaignAt(workspace, place) {
      const head = await journal.headAt(place);
      return head?.workspace === workspace ? head.stream.slice('campaign:'.length) : null;
    },
    openedBy: (workspace, incoming) => toldTo(workspace, incoming, journal),
    atHand: async (said) => atHand(said, await toldTo(said.workspace, said.id, journal), parts),
    suspend: (leaving) => suspend(engine, leaving),
    async resume({ id, workspace }) {
      await engine.tellWorkspace({ id, workspace, person: '', intent: { type: 'resume' } });
    },
    tenants: (which) => (which === 'gone' ? journal.workspaces('suspended') : here(platform, journal)),
    ask: (asked) => answer(asked, { engine, journal }, catalogue()),
    suggest: (source, typed) => matching(choices(source, catalogue()), typed),
    running: (by) => running(by, engine),
    async concerns({ campaign, ...by }) {
      const head = await journal.head(`campaign:${campaign}`);
      const isOurs = head !== null && head.workspace === by.workspace;
      return isOurs && concerns(campaignIn(head.snapshot), by, await engine.policy(by.workspace));
    },
    async promptOf({ workspace, campaign }) {
      const head = await journal.head(`campaign:${campaign}`);
      return head?.workspace === workspace ? promptIn(campaignIn(head.snapshot)) : '';
    },
    ...homeDoors(parts),
    ...brandDoors(engine),
    keep: keepFor(platform, journal, seal),
  };
}

async function toldTo(workspace: string, incoming: string, journal: Journal): Promise<string | null> {
  const seen = await journal.seen(workspace, incoming);
  const told = seen && (seen.answer as EngineTold);
  return told && told.refusal === null ? told.campaign : null;
}

async function here(platform: string, journal: Journal): Promise<string[]> {
  const [kept, lively, gone, half] = await Promise.all([
    journal.keptOf(platform),
    journal.workspacesAt(`${platform}:`),
    journal.workspaces('suspended'),
    halfGone(journal),
  ]);
  const wholly = new Set(gone.filter((workspace) => !half.includes(workspace)));
  return [...new Set([...kept, ...lively])].filter((workspace) => !wholly.has(workspace));
}

const mostReviews = 1_000;

async function reviews(platform: string, { engine, journal }: Pick<Parts, 'engine' | 'journal'>) {
  const found: { workspace: string; place: string; message: string }[] = [];
  for (const workspace of await journal.workspaces()) {
    const heads = await engine.board({ workspace, status: 'needsReview', limit: mostReviews });
    for (const { place, snapshot } of heads) {
      const cut = campaignIn(snapshot).review?.cut;
      const card = cut && place?.startsWith(`${platform}:`) && (await journal.card(place, `review:${cut}`));
      if (card && place) found.push({ workspace, place, message: card.message });
    }
  }
  return found.filter(({ message }) => message !== '');
}

type World = Pick<Parts, 'engine' | 'journal'>;

async function answer(
  { question, ways = typing, ...by }: Asked,
  { engine, journal }: World,
  catalogue: Catalogue,
): Promise<Card[]> {
  switch (question.about) {
    case 'help':
      return composeHelp(question.command, ways);
    case 'models':
      return composeModels(catalogue);
    case 'brands':
      return kitsAsked(question, await engine.workspace(by.workspace), ways);
    case 'compare': {
      const head = await journal.headAt(question.place);
      const here = head?.workspace === by.workspace ? campaignIn(head.snapshot) : null;
      return composeComparison(compared(question, here), catalogue);
    }
    case 'campaigns': {
      const { status } = question;
      const heads = await board({ ...by, ...(status ? { status } : {}) }, engine);
      const rows = heads
        .slice(0, boardRows)
        .map((head) => ({ ...head, campaign: campaignIn(head.snapshot) }));
      const isPublic = by.isOpen !== undefined;
      return composeCampaigns(rows, { status, isPublic, isForAll: by.place === null }, catalogue);
    }
  }
}

/** The campaign in the conversation, with what was asked for instead; without one, the wish alone. */
function compared(
  { seconds, aspect, references }: Extract<Question, { about: 'compare' }>,
  here: Campaign | null,
): Campaign {
  const { settings } = here ?? unopened('');
  const wish = { seconds: seconds ?? settings.seconds, aspect: aspect ?? settings.aspect };
  return here && references === undefined
    ? { ...here, settings: { ...settings, ...wish } }
    : campaignOf({ ...wish, references: references ?? 0 });
}

/** The newest campaigns, as far as they concern who asks or are open to everybody. */
async function board(
  { person, place, isOpen, ...of }: Omit<Asked, 'question'> & { status?: Status },
  engine: Engine,
): Promise<Head[]> {
  const heads = await engine.board({ ...of, limit: lookedAt });
  if (isOpen) return firstOpen(heads, isOpen);
  if (place === null) return heads;
  const policy = await engine.policy(of.workspace);
  return heads.filter(({ snapshot }) => concerns(campaignIn(snapshot), { person, place }, policy));
}

/** Some at a time: of each the platform has to be asked. */
async function firstOpen(heads: readonly Head[], isOpen: NonNullable<Asked['isOpen']>): Promise<Head[]> {
  const open: Head[] = [];
  for (let at = 0; at < heads.length && open.length < boardRows; at += boardRows) {
    const some = heads.slice(at, at + boardRows);
    const are = await Promise.all(some.map(({ place }) => place !== null && isOpen(place)));
    open.push(...some.filter((_, i) => are[i]));
  }
  return open;
}

/** Each status is asked for by itself, so that no crowd of finished ones hides them. */
async function running(by: Omit<Asked, 'question'>, engine: Engine): Promise<Suggestion[]> {
  const boards = openStatuses.map(async (status) =>
    (await board({ ...by, status }, engine)).slice(0, boardRows),
  );
  const heads = (await Promise.all(boards)).flat();
  return heads
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .map(({ stream, title }) => ({ value: stream.slice('campaign:'.length), label: title }));
}

const campaignIn = (snapshot: unknown): Campaign => (snapshot as { state: Campaign }).state;

/** Brand kits are the workspace's own: see `brands`. */
function choices(source: ChoiceSource, catalogue: Catalogue): Suggestion[] {
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  switch (source) {
    case 'model':
      return catalogue
        .filter((m) => m.status !== 'retired' && m.seconds)
        .map((m) => ({ value: m.id, label: modelInWords(m) }));
    case 'still-model':
      return stillModels(catalogue).map((m) => ({ value: m.id, label: modelInWords(m) }));
    case 'still-quality':
      return plain(StillQuality.options.filter((q) => stillModels(catalogue).some((m) => m.qualities?.[q])));
    case 'still-style':
      return plain(StillStyle.options.filter((s) => stillModels(catalogue).some((m) => m.styles?.[s])));
    case 'template':
      return Object.values(templates).map(({ name, summary }) => ({
        value: name,
        label: `${name}: ${summary}`,
      }));
    default:
      return plain(fixedChoices(source) ?? []);
  }
}
