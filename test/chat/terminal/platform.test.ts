import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { mostAttachedBytes } from '../../../src/chat/terminal/limits.ts';
import { readTranscript } from '../../../src/chat/terminal/transcript.ts';
import { Never, TryLater } from '../../../src/errors.ts';
import { briefCard, fakeDoors, file, finished, newFolder, running, setUp } from './support.ts';

const shows = (folder: string) => readTranscript(folder).filter((entry) => entry.did === 'show');
const showing = {
  campaign: 'c1',
  place: 'terminal:main/1',
  key: 'brief',
  card: briefCard(),
  known: null,
  sendKey: 's1',
};

describe('open', () => {
  test('is idempotent by root, also after a restart', async () => {
    const { chat, folder } = setUp();
    const first = await chat.open('terminal:main', 'Tea', 'r1');
    const second = await chat.open('terminal:main/1', 'Coffee', 'r2');
    expect([first, second]).toEqual(['terminal:main/1', 'terminal:main/2']);
    expect(await chat.open('terminal:main', 'Tea', 'r1')).toBe(first);
    expect(await setUp({ folder }).chat.open('terminal:other', 'Tea', 'r1')).toBe(first);
    expect(readTranscript(folder)).toHaveLength(2);
  });

  test('a place of somewhere else is a mistake', async () => {
    await expect(setUp().chat.open('slack:C1', 'Tea', 'r1')).rejects.toBeInstanceOf(Never);
  });
});

describe('show', () => {
  test('writes what arrived, who it was for and what it said', async () => {
    const { chat, folder, clock } = setUp();
    clock.now = 42;
    const film = file('Take 1', { key: 'k/take.mp4' });
    const shown = card({ title: 'Take 1', text: ['Here it is.'], film });
    const result = await chat.show({ ...showing, card: shown });
    expect(shows(folder)).toEqual([
      {
        did: 'show',
        at: 42,
        place: 'terminal:main/1',
        key: 'brief',
        sendKey: 's1',
        message: result.kind === 'shown' && result.message,
        edit: false,
        text: '◆ Take 1\n  Here it is.\n\n  ▸ Take 1  k/take.mp4  123 kB',
        file: 'k/take.mp4',
        card: shown,
      },
    ]);
  });

  test('is durable before anybody hears of it', async () => {
    const folder = newFolder();
    const seen: [string, number][] = [];
    const onSent = (name: string) => {
      seen.push([name, readTranscript(folder).length]);
    };
    const { chat } = setUp({ folder, onSent });
    await chat.open('terminal:main', 'Tea', 'r1');
    await chat.show(showing);
    expect(seen).toEqual([
      ['open', 1],
      ['show', 2],
    ]);
  });

  test('never hides that the same was sent twice: the transcript is the oracle', async () => {
    const { chat, folder } = setUp();
    const both = [await chat.show(showing), await chat.show(showing)];
    expect(new Set(both.map((one) => one.kind === 'shown' && one.message)).size).toBe(2);
    expect(shows(folder)).toHaveLength(2);
  });

  test('edits the message it is told, and says when there is none', async () => {
    const { chat, folder, show } = setUp();
    const message = await show('terminal:main/1', running(0.1));
    expect(await show('terminal:main/1', finished(), message)).toBe(message);
    expect(shows(folder).map(({ message: id, edit }) => [id, edit])).toEqual([
      [message, false],
      [message, true],
    ]);
    expect(await chat.show({ ...showing, known: 'nobody' })).toEqual({ kind: 'gone' });
    expect(await chat.show({ ...showing, place: 'terminal:main/2', known: message })).toEqual({
      kind: 'gone',
    });
    expect(shows(folder)).toHaveLength(2);
  });

  test('can fail like a network', async () => {
    const fault = { kind: 'ambiguous' as 'ambiguous' | 'lost' | 'later' };
    const { chat, folder } = setUp({ faults: () => fault.kind });
    expect(await chat.show(showing)).toEqual({ kind: 'ambiguous' });
    expect(await chat.find(showing.place, 's1')).toHaveProperty('message');
    fault.kind = 'lost';
    expect(await chat.show({ ...showing, sendKey: 's2' })).toEqual({ kind: 'ambiguous' });
    fault.kind = 'later';
    await expect(chat.show({ ...showing, sendKey: 's3' })).rejects.toBeInstanceOf(TryLater);
    expect(await chat.find(showing.place, 's2')).toBe('absent');
    expect(await chat.find(showing.place, 's3')).toBe('absent');
    expect(shows(folder)).toHaveLength(1);
  });
});

describe('after a crash', () => {
  test('a new process finds what had arrived, and nothing else', async () => {
    const { chat, folder } = setUp();
    const shown = await chat.show(showing);
    const again = setUp({ folder }).chat;
    expect(await again.find(showing.place, 's1')).toEqual({
      message: shown.kind === 'shown' && shown.message,
    });
    expect(await again.find('terminal:main/2', 's1')).toBe('absent');
    expect(await again.find(showing.place, 's2')).toBe('absent');
  });

  test('an edit is no arrival of its own send key', async () => {
    const { chat, show } = setUp();
    const message = await show(showing.place, running(0), null, 'a');
    await chat.show({ ...showing, known: message, sendKey: 'edit-key' });
    expect(await chat.find(showing.place, 'edit-key')).toBe('absent');
  });

  test('a torn last line never arrived, and does not spoil the next one', async () => {
    const { chat, folder } = setUp();
    await chat.show(showing);
    const path = join(folder, 'transcript.jsonl');
    const [line = ''] = readFileSync(path, 'utf8').split('\n');
    for (const torn of [line.slice(0, 30).replace('s1', 's2'), line.replace('"s1"', '"s2"')]) {
      appendFileSync(path, torn);
      const next = setUp({ folder }).chat;
      expect(await next.find(showing.place, 's2')).toBe('absent');
      await next.show({ ...showing, sendKey: `after ${torn.length}` });
      expect(await setUp({ folder }).chat.find(showing.place, `after ${torn.length}`)).toHaveProperty(
        'message',
      );
    }
    expect(shows(folder)).toHaveLength(3);
  });

  test('buttons shown before still work', async () => {
    const first = setUp();
    const place = await first.chat.open('terminal:main', 'Tea', 'r1');
    await first.show(place, briefCard());
    const { chat } = setUp({ folder: first.folder });
    const told: unknown[] = [];
    await chat.listen(
      fakeDoors({
        tell: async ({ intent, at }) => {
          told.push([intent, at]);
          return { answer: null, refusal: null, campaign: null };
        },
      }).doors,
    );
    await chat.type(':1');
    expect(told).toEqual([[{ type: 'generate' }, { place }]]);
  });
});

describe('who', () => {
  const people = { ben: { name: 'Ben', groups: ['legal'], manager: false } };

  test('knows the people it was given, and that the keyboard belongs to the manager', async () => {
    const { chat } = setUp({ people });
    expect(await chat.who('ben', 'terminal:main')).toEqual(people.ben);
    expect(await chat.who('ana', 'terminal:main')).toEqual({ name: 'ana', groups: [], manager: true });
    expect(await chat.who('eve', 'terminal:main')).toEqual({ name: 'eve', groups: [], manager: false });
    expect(await chat.who('constructor', 'terminal:main')).toMatchObject({ name: 'constructor', groups: [] });
  });

  test('sitting down at the keyboard makes nobody a manager', async () => {
    const { chat } = setUp({ people });
    await chat.listen(fakeDoors().doors);
    await chat.type(':as Ben');
    expect(await chat.who('ben', 'terminal:main')).toEqual(people.ben);
  });
});

describe('fetch', () => {
  const code = (attachment: string) =>
    setUp()
      .chat.fetch(attachment)
      .then(
        (stream) => {
          stream.destroy();
          return 'fetched';
        },
        (error: unknown) => (error instanceof Never ? error.code : error),
      );

  test('reads a file of this machine', async () => {
    const path = join(newFolder(), 'logo with spaces.png');
    writeFileSync(path, 'picture');
    expect((await buffer(await setUp().chat.fetch(path))).toString()).toBe('picture');
  });

  test('says why it cannot', async () => {
    const folder = newFolder();
    const large = join(folder, 'large.png');
    writeFileSync(large, '');
    truncateSync(large, mostAttachedBytes + 1);
    mkdirSync(join(folder, 'pictures'));
    expect(await code(join(folder, 'nothing.png'))).toBe('reference-missing');
    expect(await code(join(large, 'nothing.png'))).toBe('reference-missing');
    expect(await code('~/surely/not/here.png')).toBe('reference-missing');
    expect(await code(join(folder, 'pictures'))).toBe('reference-folder');
    expect(await code(homedir())).toBe('reference-folder');
    expect(await code('~')).toBe('reference-folder');
    expect(await code('/dev/zero')).toBe('reference-unreadable');
    expect(await code('nul\u0000.png')).toBe('reference-unreadable');
    expect(await code(large)).toBe('image-too-large');
    truncateSync(large, mostAttachedBytes);
    expect(await code(large)).toBe('fetched');
  });
});
