import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { commandIn, completions, helpCard } from '../../../src/chat/terminal/commands.ts';

describe('a command', () => {
  test('is its name and what follows', () => {
    expect(commandIn('/video a film')).toEqual({ command: commands[0], text: 'a film' });
    expect(commandIn('/VIDEO_models')).toMatchObject({ command: { name: 'video-models' } });
  });

  test('that does not exist is known by its name; paths and words are none', () => {
    expect(commandIn('/vidoe a film')).toBe('vidoe');
    expect(commandIn('/tmp/logo.png')).toBeNull();
    expect(commandIn('video')).toBeNull();
  });

  test('is in the help', () => {
    const names = helpCard().fields.map(({ name }) => name);
    for (const { name } of commands) expect(names).toContain(`/${name}`);
  });
});

describe('completion', () => {
  const suggest = (source: string) =>
    source === 'model' ? [{ value: 'sample cinema', label: '' }] : [{ value: 'needs review', label: '' }];
  test.each([
    ['/video-m', ['/video-models ']],
    [':r', [':react ']],
    [':react a', ['approve']],
    ['/video tea --as', ['--aspect ', '--as-is ']],
    ['/video tea --model ', ['"sample cinema"']],
    ['/video-campaigns n', ['needs review']],
    ['hello /v', []],
  ])('%s', (line, hits) => expect(completions(line, suggest)[0]).toEqual(hits));
});
