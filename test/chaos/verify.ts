import { createHash } from 'node:crypto';
import type { Campaign } from '../../src/campaign/campaign.ts';
import { costOf } from '../../src/campaign/creative.ts';
import { isPatient } from '../../src/campaign/effect.ts';
import { wrongIn } from '../../src/cli/chaos/books.ts';
import { verifyLedger } from '../../src/journal/chain.ts';
import type { Journal, LedgerRow } from '../../src/journal/journal.ts';
import type { Message } from '../support/slack/world.ts';
import type { Played } from './campaigns.ts';
import type { Services } from './services.ts';
import { caps, times } from './times.ts';

/** One promise: how many things were looked at, and each that breaks it, in a sentence. */
export interface Promised {
  promise: string;
  says: string;
  looked: number;
  broken: string[];
}

/** What is there at the end: the stand-ins' own books, and what the journal claims. */
interface Seen extends Services {
  journal: Journal;
  played: readonly Played[];
  campaigns: readonly Campaign[];
  ledger: readonly LedgerRow[];
  /** When workers that slept longer than their lease went on. */
  resumed: readonly number[];
  /** All that the processes wrote. */
  output: string;
}

type Prediction = Services['making']['replicate']['predictions'][number];

export async function verify(given: Omit<Seen, 'campaigns' | 'ledger'>): Promise<Promised[]> {
  const heads = await given.journal.heads({ workspace: given.team.id, kind: 'campaign', limit: 10_000 });
  const campaigns = heads.map((head) => (head.snapshot as { state: Campaign }).state);
  const ledger = await given.journal.ledger({ workspace: given.team.id });
  const seen = { ...given, campaigns, ledger };
  const { replicate, openai } = given.making;
  const late = lateDuplicates(seen);
  const predictions = replicate.predictions.filter((one) => !late.includes(one));
  const stills = openai.log.filter(({ path, billed }) => path.includes('/images/') && billed).length;
  const ofMoney = wrongIn({ predictions, stills }, campaigns);
  const of = (promise: string, all: string[]) => all.filter((one) => one.startsWith(promise));
  const posts = given.slack.posts();
  const files = filesOf(seen);
  return [
    promised('P1', 'each take is paid once', replicate.predictions.length, of('P1', ofMoney)),
    promised('P2', 'each request ends, and says so once', given.played.length, await unended(seen)),
    promised('P3', 'each thing is said once', posts.length, saidTwice(seen, posts)),
    promised('P4', 'what was acknowledged is kept', given.slack.deliveries.all.length, await lost(seen)),
    promised('P5', 'each decision once, of one file, in an unbroken book', decisions(ledger).length, [
      ...decidedWrongly(seen),
    ]),
    promised('P6', 'the books balance', campaigns.length, [
      ...of('P6', ofMoney),
      ...(await unbalanced(seen)),
    ]),
    promised('P7', 'trouble of a provider ends no campaign', given.played.length, givenUp(seen)),
    promised('P8', 'finished files are ours, whole', files.length, notOurs(seen, files)),
    promised('P9', 'nothing leaves its workspace', given.bucket.objects.size + ledger.length, strays(seen)),
    promised('P10', 'no secret is said', posts.length + 1, secretsIn(seen, posts)),
  ];
}

const promised = (promise: string, says: string, looked: number, broken: string[]): Promised => ({
  ...{ promise, says, looked },
  broken: broken.map((one) => (/^P\d+:/.test(one) ? one : `${promise}: ${one}`)),
});

/**
 * What no protocol can rule out, and is therefore found and called back: bought by a worker that slept between the
 * last look at its fence and the request itself.
 */
function lateDuplicates({ making, campaigns, resumed }: Seen): Prediction[] {
  const strays = new Set(campaigns.flatMap((c) => c.takes.flatMap((take) => take.strays)));
  const afterSleep = (at: number) => resumed.some((since) => at >= since && at < since + times.lease);
  return making.replicate.predictions.filter((one) => strays.has(one.id) && afterSleep(one.createdAt));
}

async function unended({ journal, played, campaigns, slack }: Seen): Promise<string[]> {
  const busy = await Promise.all(
    campaigns.map(async ({ id }) => {
      const waiting = await journal.waiting(`campaign:${id}`);
      return waiting.filter((one) => !isPatient(one)).map(({ type }) => `${id} still waits for ${type}`);
    }),
  );
  const ends = played.flatMap(({ name, channel, story, asked }) => {
    const wanted = story === 'cancel' ? 'cancelled' : 'approved';
    const mine = campaigns.filter(({ place }) => place?.includes(`/${channel}/`));
    const ended = mine.filter(({ phase }) => phase === wanted).length;
    const last = wanted === 'approved' ? /^Review of cut \w+: approved/ : /^Aurora \(cancelled\)/;
    const said = slack.posts().filter((post) => post.channel === channel && last.test(post.text)).length;
    return [
      ...(ended === 1 ? [] : [`${name} was to be ${wanted} and is ${mine.map(({ phase }) => phase)}`]),
      ...(said === 1 ? [] : [`${name} was said to be ${wanted} ${said} times`]),
      ...(mine.length <= asked
        ? []
        : [`${name} was asked for ${asked} times and exists ${mine.length} times`]),
    ];
  });
  return [...busy.flat(), ...ends];
}

/** Every message bears the key of what it says; a film bears its name, and a picture is itself. */
function saidTwice({ slack }: Seen, posts: readonly Message[]): string[] {
  const hashes = new Map(slack.uploads().map(({ id, sha256 }) => [id, sha256]));
  const keyOf = ({ channel, thread_ts, metadata, text, files = [] }: Message) => {
    const { send } = (metadata?.['event_payload'] ?? {}) as { send?: string };
    return `${channel}/${thread_ts ?? ''} ${send ?? [text.split('\n')[0], ...files.map((id) => hashes.get(id))]}`;
  };
  const twice = [...Map.groupBy(posts, keyOf)].filter(([, all]) => all.length > 1);
  return [
    ...twice.map(
      ([, all]) => `"${all[0]?.text.split('\n')[0]}" was said ${all.length} times in ${all[0]?.channel}`,
    ),
    ...slack.mistakes().map(({ name, error }) => `${name} was a mistake: ${error}`),
  ];
}

/** What we said "ok" to has its line in the journal, under the id that Slack gave it. */
async function lost({ journal, slack, team }: Seen): Promise<string[]> {
  const heard = slack.deliveries.all.filter(({ acked }) => acked);
  const missing = await Promise.all(
    heard.map(async ({ type, payload }) => {
      if (type !== 'slash_commands') return [];
      const id = `command/${payload['trigger_id']}`;
      return (await journal.seen(team.id, id)) ? [] : [`${payload['command']} ${id} is lost`];
    }),
  );
  return missing.flat();
}

interface Decided {
  take: string;
  sha256: string;
  verdict: string;
}

const decisions = (ledger: readonly LedgerRow[]) => ledger.filter(({ kind }) => kind === 'decision');

function decidedWrongly({ played, campaigns, ledger, bucket }: Seen): string[] {
  const forged = verifyLedger(ledger);
  const wrong = played.flatMap(({ name, channel, decided }) => {
    const mine = campaigns
      .filter(({ place }) => place?.includes(`/${channel}/`))
      .map(({ id }) => `campaign:${id}`);
    const made = decisions(ledger)
      .filter(({ stream }) => mine.includes(stream))
      .map(({ body }) => body as Decided);
    const said = made.map(({ take, verdict }) => `${take} ${verdict}`).join(', ');
    const files = made.filter(
      ({ sha256 }) => ![...bucket.objects.keys()].some((key) => key.includes(sha256)),
    );
    return [
      ...(said === decided.join(', ') ? [] : [`${name} was decided thus: ${said}`]),
      ...files.map(({ take }) => `${name}: the file of ${take} that was decided on is not kept`),
    ];
  });
  return [...(forged ? [`line ${forged.n} of ${forged.stream} does not fit the chain`] : []), ...wrong];
}

async function unbalanced({ journal, campaigns, ledger, making }: Seen): Promise<string[]> {
  const wrong: string[] = [];
  const charged = new Set(making.replicate.predictions.map(({ id }) => id));
  for (const campaign of campaigns) {
    const account = await journal.account(`campaign:${campaign.id}`);
    const { reserved = 0, spent = 0 } = account ?? {};
    const cost = costOf(campaign);
    if (spent !== cost) wrong.push(`${campaign.id} cost ${cost}, and its account says ${spent}`);
    if (reserved !== 0) wrong.push(`${campaign.id} still holds ${reserved}`);
    if (cost > caps.campaign) wrong.push(`${campaign.id} is over its cap`);
    for (const id of campaign.takes.flatMap(({ booked }) => booked))
      if (!charged.has(id)) wrong.push(`${campaign.id} paid for ${id}, which nobody made`);
  }
  const total = campaigns.reduce((sum, campaign) => sum + costOf(campaign), 0);
  const months = new Set(
    ledger.flatMap(({ body }) => accountsIn(body).filter((id) => id.startsWith('workspace:'))),
  );
  const accounts = await Promise.all([...months].map((id) => journal.account(id)));
  const spent = accounts.reduce((sum, account) => sum + (account?.spent ?? 0), 0);
  if (spent !== total) wrong.push(`all campaigns cost ${total}, and the workspace's account says ${spent}`);
  return wrong;
}

const accountsIn = (body: unknown): string[] => {
  const { account } = body as { account?: string };
  return account ? [account] : [];
};

function givenUp({ campaigns }: Seen): string[] {
  return campaigns
    .filter(({ phase }) => phase !== 'cancelled')
    .flatMap(({ id, takes }) =>
      takes
        .filter(({ state }) => state === 'failed')
        .map(({ n, reason }) => `take ${n} of ${id} failed: ${reason}`),
    );
}

/** A film that was finished after its campaign was called off is kept, and shown to nobody. */
const filesOf = ({ campaigns }: Pick<Seen, 'campaigns'>) =>
  campaigns.flatMap(({ phase, takes }) =>
    takes.flatMap(({ cut }) => (cut ? [{ ...cut.film, isWanted: phase !== 'cancelled' }] : [])),
  );

function notOurs({ bucket, slack }: Seen, files: ReturnType<typeof filesOf>): string[] {
  const shown = new Set(slack.uploads().map(({ sha256 }) => sha256));
  return files.flatMap(({ key, sha256, isWanted }) => {
    const kept = bucket.objects.get(key);
    if (!kept) return [`${key} is not in the bucket`];
    const whole = createHash('sha256').update(kept.body).digest('hex') === sha256;
    return [
      ...(whole ? [] : [`${key} is damaged`]),
      ...(shown.has(sha256) || !isWanted ? [] : [`${key} was never shown`]),
    ];
  });
}

function strays({ bucket, team, ledger }: Seen): string[] {
  const foreign = [...bucket.objects.keys()].filter((key) => key.split('/')[1] !== team.id);
  return [
    ...foreign.map((key) => `${key} is nobody's`),
    ...ledger.filter(({ workspace }) => workspace !== team.id).map(({ stream }) => `${stream} is another's`),
  ];
}

function secretsIn({ environment, output, slack, making }: Seen, posts: readonly Message[]): string[] {
  const secret = /TOKEN$|SECRET|API_KEY$/;
  const canaries = Object.entries(environment).filter(([name]) => secret.test(name));
  const asked = making.replicate.log.map(({ body }) => body).join('\n');
  const places = {
    'the log': output,
    Slack: JSON.stringify([posts, slack.world.workspaces.map((w) => w.views)]),
  };
  return canaries.flatMap(([name, value]) => [
    ...Object.entries(places).flatMap(([place, text]) =>
      text.includes(value) ? [`${name} stands in ${place}`] : [],
    ),
    ...(asked.includes(value) ? [`${name} went to Replicate in a request's body`] : []),
  ]);
}
