import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Card, card } from '../../../src/chat/card.ts';
import { type Drawing, renderCard } from '../../../src/chat/terminal/render.ts';
import { widthOf } from '../../../src/chat/terminal/text.ts';
import { briefCard, file, reviewCard, running } from './support.ts';

const drawing: Drawing = { columns: 60, colour: false, pathOf: ({ key }) => `/d/${key}` };
const drawn = (shown: Card, more: Partial<Drawing> = {}) =>
  renderCard(shown, { ...drawing, ...more }).join('\n');

describe('a card', () => {
  test('has a title, paragraphs, aligned fields and small print', () => {
    const shown = card({
      title: 'Brief',
      text: ['A calm launch film for Aurora tea: first light over a misty garden.', 'One cup.'],
      fields: [
        { name: 'Model', value: 'Sample Cinema' },
        { name: 'Length', value: '6 seconds' },
      ],
      footer: 'Reply to change anything.',
    });
    expect(drawn(shown)).toMatchInlineSnapshot(`
      "◆ Brief
        A calm launch film for Aurora tea: first light over a
        misty garden.

        One cup.

        Model   Sample Cinema
        Length  6 seconds

        Reply to change anything."
    `);
  });

  test('shows files with a path to open, on its own line where it does not fit', () => {
    const long = file('A mood board with a rather long name indeed', { key: 'references/mood.png' });
    expect(drawn(card({ title: 'Files', film: file('Take 1'), images: [long] }))).toMatchInlineSnapshot(`
      "◆ Files
        ▸ Take 1  /d/files/Take 1.png  123 kB
        ▸ A mood board with a rather long name indeed  123 kB
          /d/references/mood.png"
    `);
  });

  test('numbers choices and buttons through', () => {
    const choices = [1, 2].map((still) => ({
      label: `Still ${still}`,
      image: file(`s${still}`),
      does: { type: 'pick-still', still } as const,
      chosen: still === 2,
    }));
    expect(drawn({ ...reviewCard(), choices })).toMatchInlineSnapshot(`
      "◆ Review of 1a
         1  Still 1  123 kB
            /d/files/s1.png
         2  Still 2  ✓ chosen  123 kB
            /d/files/s2.png

        [3 Approve]  [4 Reject …]"
    `);
  });

  test('shows how far it is', () => {
    const shown = card({
      title: 'Take 1',
      progress: [
        { label: 'prompt', fraction: 1, state: 'done' },
        { label: 'rendering', fraction: 0.437, state: 'running' },
        { label: 'finishing', fraction: null, state: 'waiting' },
        { label: 'upload', fraction: 0.2, state: 'failed' },
      ],
    });
    expect(drawn(shown)).toMatchInlineSnapshot(`
      "◆ Take 1
        ✓ prompt
        ▕██████████░░░░░░░░░░░░░░▏  43 %  rendering
        ◌ finishing
        ✗ upload"
    `);
  });

  test('never claims 100 % before the end, nor leaves the bar', () => {
    expect(drawn(running(0.999))).toContain(' 99 %');
    expect(drawn(running(7))).toContain(`▕${'█'.repeat(24)}▏ 100 %`);
    expect(drawn(running(-1))).toContain(`▕${'░'.repeat(24)}▏   0 %`);
    expect(drawn(running(Number.NaN))).not.toContain('NaN');
  });
});

describe('colours', () => {
  test('only where they are wanted', () => {
    expect(drawn(briefCard())).not.toContain('\u001B');
    const coloured = drawn(briefCard(), { colour: true });
    expect(coloured).toContain('\u001B[32m[1 Generate]');
    expect(stripVTControlCharacters(coloured)).toBe(drawn(briefCard()));
  });
});

describe('what can be typed', () => {
  const typed = card({
    title: 'Start with `/video`.',
    text: [
      'Try `--duration 6` or `6s`, or reply with a longer text that leaves no room for `/video-models`.',
    ],
  });

  test('stands in quotes where there is no colour', () => {
    expect(drawn(typed)).toMatchInlineSnapshot(`
      "◆ Start with “/video”.
        Try “--duration 6” or “6s”, or reply with a longer text
        that leaves no room for “/video-models”."
    `);
  });

  test('is cyan where there is, also over the end of a line', () => {
    const lines = drawn(typed, { colour: true }).replaceAll('\u001B', '~');
    expect(lines).toContain('~[1mStart with ~[36m/video~[39m.~[22m');
    expect(lines).toContain('~[36m--duration 6~[39m or ~[36m6s~[39m');
    const broken = card({ title: 't', text: [`${'x'.repeat(52)} \`one two\` three`] });
    expect(drawn(broken, { colour: true }).replaceAll('\u001B', '~')).toContain(
      ' ~[36mone~[39m\n  ~[36mtwo~[39m three',
    );
  });

  test('a single backtick is just a letter', () => expect(drawn(card({ title: 'a ` b' }))).toBe('◆ a ` b'));
});

test('no text of a person reaches the terminal as an escape, and no line is wider than the screen', () => {
  const evil = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `${text}\u001B]0;x\u0007\u009B2J`);
  fc.assert(
    fc.property(evil, evil, fc.integer({ min: 40, max: 130 }), (a, b, columns) => {
      const image = file(a);
      const shown = card({
        title: a,
        text: [b],
        fields: [{ name: a, value: b }],
        images: [image],
        film: image,
        progress: [{ label: a, fraction: 0.5, state: 'running' }],
        choices: [{ label: b, image, does: { type: 'cancel' }, chosen: true }],
        buttons: [{ label: a, style: 'plain', does: { type: 'cancel' } }],
        footer: b,
      });
      const lines = renderCard(shown, { columns, colour: false, pathOf: () => '/d/x.png' });
      for (const line of lines) {
        expect(line).not.toMatch(/\p{Cc}/u);
        expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }
    }),
    { numRuns: 150 },
  );
});
