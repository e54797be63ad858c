import { type Config, readConfig } from '../config.ts';
import { Never, TryLater } from '../errors.ts';
import { type S3Place, s3Client } from '../storage/s3-client.ts';
import { ourRules, setUp } from '../storage/s3-setup.ts';
import { bucketOf } from '../wiring/bucket.ts';

const usage = `npm run storage -- setup    gives the bucket the rules Dailies needs
npm run storage -- rules    shows them, for those who set it up by hand`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function setup(config: Config): Promise<void> {
  const place = bucketOf(config);
  if (!place) throw new Never('config', 'S3_BUCKET is not set: it names the bucket to set up.');
  await giveRules(place);
  const rules = ourRules.map(({ ID }) => ID).join(', ');
  say(`The bucket ${place.bucket} has its rules (${rules}); those of others were left as they are.`);
}

async function giveRules(place: S3Place): Promise<void> {
  const client = s3Client(place);
  await setUp(client, place.bucket).finally(() => client.destroy());
}

try {
  const [asked] = process.argv.slice(2);
  if (asked === 'setup') await setup(readConfig());
  else if (asked === 'rules') say(JSON.stringify({ Rules: ourRules }, null, 2));
  else {
    say(usage);
    process.exitCode = asked === undefined ? 0 : 1;
  }
} catch (error) {
  const known = error instanceof Never || error instanceof TryLater;
  process.stderr.write(`${known ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
