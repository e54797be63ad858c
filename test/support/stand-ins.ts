import { providers } from './serve.ts';

/**
 * Runs the stand-ins of all providers until it is ended, and prints what leads `npm run demo` to them. A parent
 * process is told the same, and the books whenever it asks.
 */
const { variables, replicate, openai } = await providers();
for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}=${value}\n`);
process.send?.({ variables });
process.on('message', () => {
  const stills = openai.log.filter((e) => e.path.includes('/images/') && e.billed).length;
  process.send?.({ books: { predictions: replicate.predictions, stills } });
});
process.on('disconnect', () => process.exit());
