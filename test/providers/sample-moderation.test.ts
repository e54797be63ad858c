import { describe, expect, test } from 'vitest';
import { sampleModerator } from '../../src/providers/sample/moderation.ts';

const { signal } = new AbortController();

describe('the sample moderator', () => {
  test.each([
    ['a massacre in slow motion', ['violence']],
    ['ＰＯＲＮ, and a Pipe Bomb', ['illicit', 'sexual']],
    ['A calm film for Aurora tea', []],
    ['nude lipstick tones, a Gore-Tex jacket, torture-tested boots', []],
  ])('%s: %j', async (words, harms) => {
    expect(await sampleModerator().words(words, signal)).toEqual(harms);
  });

  test('knows pictures by their bytes', async () => {
    const moderator = sampleModerator(new Map([['abc', 'violence']]));
    const picture = (sha256: string) => moderator.picture({ path: 'p', mime: 'image/png', sha256 }, signal);
    expect(await picture('abc')).toEqual(['violence']);
    expect(await picture('abd')).toEqual([]);
  });
});
