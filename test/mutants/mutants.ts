/** A promise of the code taken away, and the tests that must notice. */
export interface Mutant {
  /** What is broken, in the words of the promise. */
  name: string;
  file: string;
  /** Text that stands in the file, and what stands there instead; every occurrence. */
  instead: readonly [from: string, to: string];
  /** At least one of these has to fail. */
  caughtBy: readonly string[];
}

const scaled = 'test/chaos/scaled.services.test.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'SDK retry on: a paid still at OpenAI is sent again',
    file: 'src/providers/openai/purchase.ts',
    instead: ['maxRetries: 0', 'maxRetries: 2'],
    caughtBy: ['test/providers/openai-still.test.ts'],
  },
  {
    name: 'SDK retry on: a paid create at Replicate is sent again',
    file: 'src/providers/replicate/line.ts',
    instead: ['answer ??= send(', 'answer = send('],
    caughtBy: ['test/providers/replicate-create.test.ts'],
  },
  {
    name: 'SDK retry on: a paid create at Runway is sent again',
    file: 'src/providers/runway/client.ts',
    instead: ['maxRetries: 0', 'maxRetries: 2'],
    caughtBy: ['test/providers/runway-buy.test.ts'],
  },
  {
    name: 'who asked is not written down in the commit that opens the campaign',
    file: 'src/journal/queries/commit.ts',
    instead: ['step.keeps ?? []', '[]'],
    caughtBy: ['test/engine/asker.test.ts', 'test/journal/sqlite.test.ts'],
  },
  {
    name: 'of writes that share a commit, what one did stays though it failed',
    file: 'src/journal/sqlite-file.ts',
    instead: ["prepare('ROLLBACK TO one')", "prepare('SELECT 1')"],
    caughtBy: ['test/journal/sqlite-turns.test.ts'],
  },
  {
    name: 'a write is answered before the commit it shares',
    file: 'src/journal/sqlite-turns.ts',
    instead: [
      'waiting.push({ query, keep, resolve, reject } as Waiting);',
      'waiting.push({ query, keep, resolve, reject } as Waiting); resolve({ kind: "committed" } as never);',
    ],
    caughtBy: ['test/journal/sqlite-turns.test.ts'],
  },
  {
    name: 'no fence: a lease is prolonged for whoever asks',
    file: 'src/journal/queries/claim.ts',
    instead: [".where('fence', '=', given.fence)", ''],
    caughtBy: ['test/journal/sqlite.test.ts'],
  },
  {
    name: 'no fence: an effect is ended by whoever says so',
    file: 'src/journal/queries/effects.ts',
    instead: [".where('fence', '=', given.fence)", ''],
    caughtBy: ['test/journal/sqlite.test.ts'],
  },
  {
    name: 'no deadline guard: a stale fence still sends',
    file: 'src/engine/carry-out.ts',
    instead: ['if (ours && performance.now() - begun < guard) return;', 'if (ours || begun > 0) return;'],
    caughtBy: ['test/engine/worker.test.ts'],
  },
  {
    name: 'no deadline guard: OpenAI is paid without asking the fence',
    file: 'src/providers/openai/purchase.ts',
    instead: ['await guard();', 'void guard;'],
    caughtBy: ['test/providers/openai-still.test.ts'],
  },
  {
    name: 'no deadline guard: Replicate is paid without asking the fence',
    file: 'src/providers/replicate/line.ts',
    instead: ['await options.guard?.();', ''],
    caughtBy: ['test/providers/replicate-create.test.ts'],
  },
  {
    name: 'no deadline guard: Runway is paid without asking the fence',
    file: 'src/providers/runway.ts',
    instead: ['await guard();', 'void guard;'],
    caughtBy: ['test/providers/runway-buy.test.ts'],
  },
  {
    name: 'ack first: Slack hears "ok" before the commit',
    file: 'src/chat/slack/bolt.ts',
    instead: ['answer ??= { with: body };', 'answer ??= { with: body }; await event.ack(body as never);'],
    caughtBy: ['test/chat/slack/ack.test.ts'],
  },
  {
    name: 'ack first: Slack hears "ok" to a command that nobody wrote down',
    file: 'src/chat/slack/accepted.ts',
    instead: ['await desk.keep.put(key, accepted, typed.team_id);', ''],
    caughtBy: ['test/chat/slack/ack.test.ts'],
  },
  {
    name: 'a command that a dead process left lying stays there',
    file: 'src/chat/slack/accepted.ts',
    instead: ['  look(Number.POSITIVE_INFINITY);', ''],
    caughtBy: ['test/chat/slack/ack.test.ts'],
  },
  {
    name: 'ack first: Discord hears "done" before the commit',
    file: 'src/chat/discord/answer.ts',
    instead: ['working.then(asFirst)', 'Promise.resolve({ answer: null })'],
    caughtBy: ['test/chat/discord/answer.test.ts'],
  },
  {
    name: 'what a platform kept of a workspace outlives it',
    file: 'src/jobs/forget-words.ts',
    instead: ['    await journal.forgetKept(workspace);\n', ''],
    caughtBy: ['test/chat/discord/trouble.test.ts'],
  },
  {
    name: 'the gallery shows what not everybody may see',
    file: 'src/chat/discord/permissions.ts',
    instead: [' & ~BigInt(deny)', ''],
    caughtBy: ['test/chat/discord/gallery.test.ts'],
  },
  {
    name: 'ack first: a provider hears "ok" before its call is written down',
    file: 'src/api/webhooks.ts',
    instead: ['await heed({ tag, ...hint });', 'void heed({ tag, ...hint });'],
    caughtBy: ['test/api/webhooks.test.ts'],
  },
  {
    name: 'no find: what may have been done is done again',
    file: 'src/engine/carry-out.ts',
    instead: ['if (claimed.attempt === 1) return', 'if (claimed.attempt >= 1) return'],
    caughtBy: ['test/engine/worker.test.ts'],
  },
  {
    name: "no find: Replicate's list is not looked through",
    file: 'src/jobs/buy-take.ts',
    instead: [
      'const found = await provider.find(order, take.requestedAt);',
      "const found = order ? ('absent' as const) : await provider.find(order, 0);",
    ],
    caughtBy: ['test/journeys/real-drivers.test.ts'],
  },
  {
    name: 'no find: a list that lags is believed at once',
    file: 'src/jobs/absence.ts',
    instead: [
      'if (absentSince !== undefined && now() - absentSince >= settle) return;',
      'if (absentSince !== null) return;',
    ],
    caughtBy: ['test/jobs/buy-take.test.ts', 'test/jobs/make-still.test.ts'],
  },
  {
    name: 'no find: where nothing is listed, nothing is taken to be bought',
    file: 'src/jobs/buy-take.ts',
    instead: ["type: 'take.ambiguous'", "type: 'take.absent'"],
    caughtBy: ['test/jobs/buy-take.test.ts'],
  },
  {
    name: 'no find: a still that may have been paid is simply made again',
    file: 'src/jobs/make-still.ts',
    instead: [
      "if (provider.memory === 'never') return ambiguous(effect);",
      "if (provider.memory === 'never') return 'absent';",
    ],
    caughtBy: ['test/journeys/real-drivers.test.ts'],
  },
  {
    name: 'no claim: a prediction is given to every order that looks like it',
    file: 'src/providers/replicate/find.ts',
    instead: ['if ((await receipts.claim(each.id, tag)) === tag) return each;', 'return each;'],
    caughtBy: ['test/providers/replicate-find.test.ts'],
  },
  {
    name: 'no claim: what only looks like an order is taken to be it',
    file: 'src/providers/replicate/find.ts',
    instead: ['if (await receipts.wasOrdered(tag, faceOf(each.input)))', 'if (each.id)'],
    caughtBy: ['test/providers/replicate-find.test.ts'],
  },
  {
    name: 'what was paid for and is gone is bought again elsewhere',
    file: 'src/campaign/decide-takes.ts',
    instead: ["'moderation-output', 'expired']", "'moderation-output']"],
    caughtBy: ['test/campaign/decide.test.ts'],
  },
  {
    name: 'what may have been paid is given back',
    file: 'src/campaign/decide-takes.ts',
    instead: ['take.absent ? 0 : take.held?.micros', '0'],
    caughtBy: ['test/campaign/takes-lost.test.ts'],
  },
  {
    name: 'no lease: what is being done is handed out again',
    file: 'src/journal/queries/claim.ts',
    instead: ['until: now + by.lease', 'until: now - by.lease'],
    caughtBy: ['test/journal/sqlite.test.ts'],
  },
  {
    name: 'no sweep: a wiped Redis wakes nobody any more',
    file: 'src/queue/bullmq.ts',
    instead: ['setInterval(() => void line.run(),', 'setInterval(() => undefined,'],
    caughtBy: ['test/queue/bullmq.services.test.ts'],
  },
  {
    name: 'a cap is not looked at',
    file: 'src/journal/queries/money.ts',
    instead: ["'<=', eb.ref('cap')", "'>=', 0"],
    caughtBy: ['test/journal/sqlite.test.ts'],
  },
  {
    name: 'no lease, many processes: what is being done is handed out again',
    file: 'src/journal/queries/claim.ts',
    instead: ['until: now + by.lease', 'until: now - by.lease'],
    caughtBy: [scaled],
  },
  {
    name: 'no lease: what the dead were doing stays theirs',
    file: 'src/journal/queries/claim.ts',
    instead: ['until: now + by.lease', 'until: now + by.lease + 86_400_000'],
    caughtBy: ['test/journal/sqlite.test.ts'],
  },
  {
    name: 'no sweep, many processes: a wiped Redis wakes nobody any more',
    file: 'src/queue/bullmq.ts',
    instead: ['setInterval(() => void line.run(),', 'setInterval(() => undefined,'],
    caughtBy: [scaled],
  },
  {
    name: 'ledger in Redis, many processes: what is spent is forgotten with it',
    file: 'src/wiring/scaled.ts',
    instead: [
      'await openPostgres({ url, connections: config.DATABASE_CONNECTIONS })',
      "(await import('../../test/mutants/ledger-in-redis.ts')).ledgerInRedis(await openPostgres({ url, connections: config.DATABASE_CONNECTIONS }), redis)",
    ],
    caughtBy: [scaled],
  },
  {
    name: 'no fence: who slept until a message was another’s says it all the same',
    file: 'src/chat/slack/client.ts',
    instead: ['await guard?.();', ''],
    caughtBy: ['test/chat/slack/two-workers.test.ts'],
  },
  {
    name: 'a connection that breaks in the midst of a transaction ends the process',
    file: 'src/journal/postgres-pool.ts',
    instead: ["pool.on('connect', (client) => client.on('error', () => undefined));", ''],
    caughtBy: ['test/journal/postgres-many.services.test.ts'],
  },
];
