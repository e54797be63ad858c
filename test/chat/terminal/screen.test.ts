import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { briefCard, fakeDoors, finished, onScreen, Paper, running, setUp } from './support.ts';

const place = 'terminal:main/1';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('where the cursor cannot be moved', () => {
  async function following() {
    const set = setUp();
    const message = await set.show(place, running(0));
    set.paper.take();
    const edit = async (at: number, shown: Parameters<typeof set.show>[1]) => {
      set.clock.now = at;
      vi.advanceTimersByTime(Math.max(0, at - Date.now()));
      await set.show(place, shown, message);
      return set.paper.take().trim();
    };
    vi.setSystemTime(0);
    return { ...set, edit };
  }

  test('an edit is one short line, and none when it says nothing new', async () => {
    const { edit } = await following();
    expect(await edit(0, running(0.43))).toBe('◦ Take 1: rendering 43 %');
    expect(await edit(2000, running(0.431))).toBe('');
    expect(await edit(4000, running(0.6))).toBe('◦ Take 1: rendering 60 %');
  });

  test('at most one line a second, then the newest', async () => {
    const { edit, clock, paper } = await following();
    expect(await edit(100, running(0.1))).toBe('◦ Take 1: rendering 10 %');
    expect(await edit(300, running(0.2))).toBe('');
    expect(await edit(500, running(0.3))).toBe('');
    clock.now = 1100;
    vi.advanceTimersByTime(800);
    expect(paper.take().trim()).toBe('◦ Take 1: rendering 30 %');
  });

  test('the end is said at once and once', async () => {
    const { edit, paper } = await following();
    await edit(100, running(0.1));
    expect(await edit(200, running(0.9))).toBe('');
    expect(await edit(300, finished())).toBe('◦ Take 1: rendered ✓');
    vi.advanceTimersByTime(5000);
    expect(paper.take()).toBe('');
  });

  test('a changed card says only what is new in it', async () => {
    const { show, paper, clock } = setUp();
    const message = await show(place, { ...briefCard(), text: ['A calm film.', 'Warm light.'] });
    paper.take();
    clock.now = 5000;
    await show(place, { ...briefCard(), text: ['A calm film.', 'Cold light.'] }, message);
    expect(paper.take().trim()).toBe('◦ Brief\n  Cold light.');
  });

  test('what waits for its second comes before the next card', async () => {
    const { edit, show, paper } = await following();
    await edit(100, running(0.1));
    await edit(200, running(0.2));
    await show(place, briefCard(), null, 'brief');
    expect(paper.take().trim().split('\n').slice(0, 3)).toEqual(['◦ Take 1: rendering 20 %', '', '◆ Brief']);
  });

  test('what waits for its second is said when everything stops', async () => {
    const { chat, show, paper } = setUp();
    const { stop } = await chat.listen(fakeDoors().doors);
    const message = await show(place, running(0));
    await show(place, running(0.1), message);
    await show(place, running(0.2), message);
    expect(paper.text).not.toContain('20 %');
    await stop();
    expect(paper.text).toContain('◦ Take 1: rendering 20 %');
  });

  test('escapes are never written', async () => {
    const { paper, show } = setUp();
    const message = await show(place, card({ title: '\u001B[31mred', text: ['\u001B]52;c;aGk=\u0007'] }));
    await show(place, card({ title: '\u001B[31mred', text: ['\u009B2J'] }), message);
    expect(paper.text).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});

describe('where it can', () => {
  test('a card that was printed last is redrawn in its place', async () => {
    const { show, paper } = setUp({ live: true });
    const message = await show(place, running(0.1));
    await show(place, running(0.5), message);
    await show(place, { ...finished(), text: ['Done in 38 seconds.'] }, message);
    expect(onScreen(paper.text).join('\n').trim().split('\n').slice(-3)).toEqual([
      '  Done in 38 seconds.',
      '',
      '  ✓ rendered',
    ]);
    expect(onScreen(paper.text).join('\n')).not.toContain('rendering');
  });

  test('a card above another gets a short line instead', async () => {
    const { show, paper } = setUp({ live: true });
    const message = await show(place, running(0.1));
    await show(place, briefCard(), null, 'brief');
    await show(place, running(0.5), message);
    const seen = onScreen(paper.text).join('\n');
    expect(seen).toContain('◦ Take 1: rendering 50 %');
    expect(seen).toContain(' 10 %  rendering');
  });

  test('a card that moves stays lowest: news of another comes above it', async () => {
    const { show, paper } = setUp({ live: true });
    const brief = await show(place, briefCard(), null, 'brief');
    const message = await show(place, running(0.1));
    await show(place, { ...briefCard(), text: ['Warm light.'] }, brief);
    await show(place, running(0.5), message);
    const seen = onScreen(paper.text).slice(5);
    expect(seen.slice(0, 5)).toEqual(['', '◦ Brief', '  Warm light.', '', '◆ Take 1']);
    expect(seen.at(5)).toContain(' 50 %  rendering');
    expect(seen.slice(6).join('')).toBe('');
  });

  test('one line about a card above is written anew, until its end has been said', async () => {
    const { show, paper, clock } = setUp({ live: true });
    const message = await show(place, running(0.1));
    await show(place, briefCard(), null, 'brief');
    for (const [at, fraction] of [
      [2000, 0.2],
      [4000, 0.3],
    ] as const) {
      clock.now = at;
      await show(place, running(fraction), message);
    }
    expect(onScreen(paper.text).filter((row) => row.startsWith('◦'))).toEqual(['◦ Take 1: rendering 30 %']);
    await show(place, finished(), message);
    await show(place, { ...finished(), title: 'Take 1, kept' }, message);
    expect(onScreen(paper.text).filter((row) => row.startsWith('◦'))).toEqual([
      '◦ Take 1: rendered ✓',
      '◦ Take 1, kept: rendered ✓',
    ]);
  });

  test('a card taller than the screen is not redrawn: its top cannot be reached', async () => {
    const { show, paper } = setUp({ live: true, rows: () => 10 });
    const tall = (last: string) =>
      card({ title: 'Tall', text: [...Array(12).keys()].map(String).concat(last) });
    const message = await show(place, tall('old'));
    await show(place, tall('new'), message);
    const seen = onScreen(paper.text);
    expect(seen.filter((row) => row === '  5')).toHaveLength(1);
    expect(seen).toContain('  old');
    expect(seen).toContain('  new');
  });

  test('a half typed line survives what is printed above it', async () => {
    vi.useRealTimers();
    const { keyboard } = await import('./support.ts');
    const input = keyboard();
    const output = Object.assign(new Paper(), { columns: 40, isTTY: true });
    const { chat, show } = setUp({ live: true, input, output, columns: () => 40 });
    const told: string[] = [];
    const { stop } = await chat.listen(
      fakeDoors({
        tell: async ({ intent }) => {
          if (intent.type === 'say') told.push(intent.words);
          return { answer: null, refusal: null, campaign: null };
        },
      }).doors,
    );
    const here = await chat.open('terminal:main', 'Tea', 'r1');
    const message = await show(here, running(0.1));
    const half = 'warmer light and a rather long line that wraps around';
    input.write(half);
    await new Promise((done) => setTimeout(done, 20));
    await show(here, running(0.5), message);
    const seen = onScreen(output.text).join('');
    expect(seen).toContain(half.replace(/ (?=around)/, ' '));
    expect(seen.match(/warmer/g)).toHaveLength(1);
    expect(seen).toContain(' 50 %  rendering');
    expect(seen).not.toContain(' 10 %');
    input.write('\r');
    await vi.waitFor(() => expect(told).toEqual([half]));
    await show(here, briefCard(), null, 'brief');
    expect(
      onScreen(output.text)
        .join('')
        .match(/warmer/g),
    ).toHaveLength(1);
    await stop();
  });
});
