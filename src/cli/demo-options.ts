import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { refuse } from '../campaign/refusal.ts';
import { hasWords } from '../campaign/words.ts';

export interface DemoOptions {
  brief: string;
  logo: string;
  references: string[];
  template: string;
  platform: string | null;
  duration: string | null;
  aspect: string | null;
  out: string;
  json: boolean;
}

const usual = {
  brief: 'A calm brand film for Aurora tea, first light over a quiet kitchen. Tagline: “Morning, bottled.”',
  logo: fileURLToPath(new URL('./aurora.svg', import.meta.url)),
};

export const usage = `npm run demo -- [--brief TEXT] [--logo FILE] [--reference FILE]… [--template NAME]
                 [--platform NAME] [--duration SECONDS] [--aspect W:H] [--out DIR] [--json]`;

/** What was asked for, or one sentence about what is wrong with it. */
export function readDemoOptions(args: readonly string[]): DemoOptions | { wrong: string } {
  const given = parsed(args);
  if ('wrong' in given) return given;
  const { brief, logo, reference, template, platform, duration, aspect, out, json } = given;
  if (brief !== undefined && !hasWords(brief)) return { wrong: refuse('brief-empty').sentence };
  const files = [logo ?? usual.logo, ...(reference ?? [])].map((file) => resolve(file));
  const missing = files.find((file) => !existsSync(file) || !statSync(file).isFile());
  if (missing)
    return { wrong: `There is no file ${missing}. Give the path of a picture, for example --logo logo.png.` };
  const [first = '', ...rest] = files;
  return {
    brief: brief ?? usual.brief,
    logo: first,
    references: rest,
    template: template ?? 'brand-animation',
    platform: platform ?? null,
    duration: duration ?? null,
    aspect: aspect ?? null,
    out: resolve(out ?? 'demo-out'),
    json: json ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        brief: { type: 'string' },
        logo: { type: 'string' },
        reference: { type: 'string', multiple: true },
        template: { type: 'string' },
        platform: { type: 'string' },
        duration: { type: 'string' },
        aspect: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ');
    return { wrong: `${sentence.replace(/\.$/, '')}. Possible:\n${usage}` };
  }
}
