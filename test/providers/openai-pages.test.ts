import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Meaning, Refinement } from '../../src/campaign/prompt.ts';
import { Purpose } from '../../src/campaign/reference.ts';
import { reading, refining } from '../../src/providers/openai/questions.ts';
import { refineOrder } from './openai-orders.ts';

const page = (name: string) =>
  readFile(new URL(`../../src/providers/openai/${name}.md`, import.meta.url), 'utf8');

describe('the page on reading', () => {
  it('explains every meaning there is, and no other', async () => {
    const kinds = [...(await page('read')).matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, kind]) => kind);
    expect(kinds).toEqual(Meaning.options.map(({ shape }) => shape.kind.value));
  });

  it('explains everything it is sent', async () => {
    const sent = Object.keys(JSON.parse(reading({ words: '', phase: '', stills: 0 }).data));
    for (const key of sent) expect(await page('read')).toContain(`\`${key}\``);
  });
});

describe('the page on refining', () => {
  it('explains everything it is sent and all it asks for', async () => {
    const sent = Object.keys(JSON.parse(refining(refineOrder()).data));
    for (const key of [...sent, ...Object.keys(Refinement.shape), ...Purpose.options])
      expect(await page('refine'), key).toContain(key);
  });

  it('asks for less than the schema takes', async () => {
    const limits = [...(await page('refine')).matchAll(/most\s+(\d+)/g)].map(([, most]) => Number(most));
    expect(limits.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...limits)).toBeLessThanOrEqual(Refinement.shape.still.maxLength ?? 0);
  });
});
