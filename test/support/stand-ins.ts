import { randomFrom } from '../../src/cli/chaos/random.ts';
import { beMoody } from './moods.ts';
import { providers } from './serve.ts';

/**
 * Runs the stand-ins of all providers until it is ended, and prints what leads `npm run demo` to them. A parent
 * process is told the same, and the books and what was asked whenever it wants to know. With a seed, they are moody.
 */
const [seed] = process.argv.slice(2);
const { variables, replicate, openai, runway } = await providers();
for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}=${value}\n`);
if (seed !== undefined) beMoody(replicate, randomFrom(Number(seed)));
process.send?.({ variables });
process.on('message', () => {
  const stills = openai.log.filter((e) => e.path.includes('/images/') && e.billed).length;
  const asked = [...openai.log, ...replicate.log, ...runway.log].map(
    ({ path, status }) => `${status} ${path}`,
  );
  process.send?.({ books: { predictions: replicate.predictions, stills }, asked });
});
process.on('disconnect', () => process.exit());
