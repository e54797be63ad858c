import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { TryLater } from '../../../src/errors.ts';
import { briefCard, fakeDoors, keyboard, newFolder, reviewCard, setUp, setUpTalk } from './support.ts';

function pictures() {
  const folder = newFolder();
  mkdirSync(join(folder, 'my pictures'));
  const logo = join(folder, 'logo.png');
  const mood = join(folder, 'my pictures', 'mood board.jpg');
  for (const path of [logo, mood]) writeFileSync(path, 'x');
  return { folder, logo, mood };
}
const attached = (path: string, name: string, purpose: string | null = null) => ({
  name,
  purpose,
  source: { kind: 'attachment', attachment: path },
});

describe('what is typed', () => {
  test('is said in the conversation, each line under an id of its own', async () => {
    const { chat, told, place } = await setUpTalk();
    await chat.type('warmer light');
    await chat.type('  no people :)  ');
    expect(told).toMatchObject([
      { workspace: 'W1', person: 'ana', at: { place }, intent: { type: 'say', words: 'warmer light' } },
      { at: { place }, intent: { type: 'say', words: 'no people :)', references: [] } },
    ]);
    expect(told[0]?.id).not.toBe(told[1]?.id);
  });

  test('a picture dropped behind an option is for what the option says', async () => {
    const { logo, mood } = pictures();
    const { chat, told } = await setUpTalk();
    await chat.type(`from this --first-frame ${logo} --product-image "${mood}"`);
    expect(told[0]?.intent).toMatchObject({
      words: 'from this',
      references: [attached(logo, 'logo.png', 'first-frame'), attached(mood, 'mood board.jpg', 'product')],
    });
  });

  test('needs a conversation first', async () => {
    const { chat, paper } = setUp();
    const { doors, told } = fakeDoors();
    await chat.listen(doors);
    await chat.type('hello?');
    expect(told).toEqual([]);
    expect(paper.text).toContain('Begin with “/video”');
  });

  test('an empty line does nothing', async () => {
    const { chat, told } = await setUpTalk();
    await chat.type('   ');
    expect(told).toEqual([]);
  });

  test('answers are shown to whoever asked', async () => {
    const answer = card({ title: 'Noted', text: ['The logo stays still.'] });
    const { chat, paper } = await setUpTalk(
      {},
      { tell: async () => ({ answer, refusal: null, campaign: null }) },
    );
    await chat.type('keep the logo still');
    expect(paper.text).toContain('◆ Noted\n  The logo stays still.');
  });

  test('nothing typed while a door fails is lost in silence', async () => {
    const tell = vi
      .fn()
      .mockRejectedValueOnce(new TryLater('busy', { delay: 1, sent: false }))
      .mockResolvedValue({ answer: null, refusal: null, campaign: null });
    const { chat, paper } = await setUpTalk({}, { tell });
    await expect(chat.type('first')).rejects.toBeInstanceOf(TryLater);
    await chat.type('second');
    expect(paper.text).toContain('send it once more');
    expect(tell).toHaveBeenCalledTimes(2);
  });
});

describe('commands', () => {
  test('/video opens from the channel, with files from the line', async () => {
    const { logo, mood } = pictures();
    const { chat, intents } = await setUpTalk();
    await chat.type(`/video a calm film 6s --logo ${logo} "${mood}"`);
    expect(intents()).toEqual([
      {
        type: 'open',
        words: 'a calm film',
        options: { seconds: 6 },
        references: [attached(logo, 'logo.png', 'logo'), attached(mood, 'mood board.jpg')],
        place: 'terminal:main',
      },
    ]);
  });

  test('a refusal is one friendly sentence, and nothing is told', async () => {
    const { chat, told, paper } = await setUpTalk();
    await chat.type('/video tea --duration six');
    expect(told).toEqual([]);
    expect(paper.text).toContain('I could not read “six” as a length.');
  });

  test('questions are asked, and their cards shown', async () => {
    const asked: unknown[] = [];
    const ask = async (question: unknown) => {
      asked.push(question);
      return [card({ title: 'Two waiting' })];
    };
    const { chat, paper } = await setUpTalk({}, { ask });
    await chat.type('/video-campaigns needs review');
    expect(asked).toEqual([
      {
        workspace: 'W1',
        person: 'ana',
        place: null,
        question: { about: 'campaigns', status: 'needsReview' },
      },
    ]);
    expect(paper.text).toContain('◆ Two waiting');
  });

  test('an unknown one names those that exist', async () => {
    const { chat, told, paper } = await setUpTalk();
    await chat.type('/vidoe tea');
    await chat.type(':dance');
    expect(told).toEqual([]);
    expect(paper.text).toContain('There is no “/vidoe” here. There are: /video, /video-models');
    expect(paper.text).toContain('I do not know “:dance”');
  });
});

describe('files in a line', () => {
  test.each([
    ['quoted', (p: ReturnType<typeof pictures>) => `look "${p.mood}" here`],
    ['in single quotes', (p: ReturnType<typeof pictures>) => `look '${p.mood}' here`],
    ['with escaped spaces', (p: ReturnType<typeof pictures>) => `look ${p.mood.replaceAll(' ', '\\ ')} here`],
    ['as a link', (p: ReturnType<typeof pictures>) => `look ${pathToFileURL(p.mood).href} here`],
  ])('%s', async (_, line) => {
    const all = pictures();
    const { chat, intents } = await setUpTalk();
    await chat.type(line(all));
    expect(intents()).toEqual([
      { type: 'say', words: 'look here', references: [attached(all.mood, 'mood board.jpg')] },
    ]);
  });

  test('several, dragged in without a word', async () => {
    const { logo, mood } = pictures();
    const { chat, intents } = await setUpTalk();
    await chat.type(`${logo} '${mood}' `);
    expect(intents()).toMatchObject([
      { words: '', references: [{ name: 'logo.png' }, { name: 'mood board.jpg' }] },
    ]);
  });

  test('punctuation behind them stays', async () => {
    const { logo } = pictures();
    const { chat, intents } = await setUpTalk();
    await chat.type(`use ${logo}, please`);
    expect(intents()).toMatchObject([{ words: 'use, please', references: [{ name: 'logo.png' }] }]);
  });

  test('a path that leads nowhere is said, and nothing is sent', async () => {
    const { chat, told, paper } = await setUpTalk();
    await chat.type('/video tea --logo ./lgoo.png');
    expect(told).toEqual([]);
    expect(paper.text).toContain('I cannot find ./lgoo.png');
  });

  test('what only looks like one stays in the words', async () => {
    const { chat, intents } = await setUpTalk();
    const lines = ['and/or /tmp', 'the picture: a fox', 'write "logo.png" on it', "it's 50\\50", 'thé !'];
    for (const line of lines) await chat.type(line);
    expect(intents().map((intent) => 'words' in intent && intent.words)).toEqual(lines);
  });
});

describe('buttons', () => {
  test(':1 presses on the newest card that offers something', async () => {
    const { chat, show, intents, paper, place } = await setUpTalk();
    await show(place, reviewCard(), null, 'review');
    await show(place, briefCard(), null, 'brief');
    await show(place, card({ title: 'Only words' }), null, 'words');
    await chat.type(':2');
    expect(intents()).toEqual([{ type: 'make-stills' }]);
    expect(paper.text).toContain('Stills first · Brief');
    await chat.type(':7');
    expect(paper.text).toContain('“Brief” goes from 1 to 2');
    expect(intents()).toHaveLength(1);
  });

  test('a bare number presses where only one card has it', async () => {
    const { chat, show, intents, paper, place } = await setUpTalk();
    await chat.type('2');
    await show(place, briefCard(), null, 'brief');
    await chat.type('2');
    await chat.type('3');
    await show(place, reviewCard(), null, 'review');
    await chat.type('1');
    expect(intents()).toEqual([
      { type: 'say', words: '2', references: [] },
      { type: 'make-stills' },
      { type: 'say', words: '3', references: [] },
    ]);
    expect(paper.text).toContain('both have a 1');
  });

  test('a button that asks takes the next line, and an empty one leaves it', async () => {
    const { chat, show, intents, paper, place } = await setUpTalk();
    await show(place, reviewCard());
    await chat.type(':2');
    expect(paper.text).toContain('Reject: Why?');
    await chat.type('1');
    await chat.type(':2');
    await chat.type('');
    await chat.type('then go on');
    expect(intents()).toEqual([
      { type: 'vote', verdict: 'reject', cut: '1a', words: '1' },
      { type: 'say', words: 'then go on', references: [] },
    ]);
  });

  test('another button or a command answers no question', async () => {
    const { chat, show, intents, place } = await setUpTalk();
    await show(place, reviewCard());
    await chat.type(':2');
    await chat.type(':1');
    await chat.type(':2');
    await chat.type('/video tea');
    await chat.type('and then');
    expect(intents()).toMatchObject([{ verdict: 'approve' }, { type: 'open' }, { type: 'say' }]);
  });

  test('choices come first', async () => {
    const { chat, show, intents, place } = await setUpTalk();
    const image = { key: 'k', sha256: 's', bytes: 1, mime: 'image/png', title: 't' };
    const choices = [{ label: 'A', image, does: { type: 'pick-still', still: 1 } as const, chosen: false }];
    await show(place, { ...briefCard(), choices });
    await chat.type(':1');
    await chat.type('2');
    expect(intents()).toEqual([{ type: 'pick-still', still: 1 }, { type: 'generate' }]);
  });
});

describe('shortcuts', () => {
  test.each([
    [':react approve', 'approve', ''],
    [':react 👍', 'approve', ''],
    [':react changes the logo is too small', 'request-changes', 'the logo is too small'],
    [':react reject off brand', 'reject', 'off brand'],
  ])('%s votes on the newest review', async (line, verdict, words) => {
    const { chat, show, intents, place } = await setUpTalk();
    await show(place, reviewCard('1a'), null, 'old');
    await show(place, reviewCard('2a'), null, 'new');
    await show(place, briefCard(), null, 'brief');
    await chat.type(line);
    expect(intents()).toEqual([{ type: 'vote', verdict, cut: '2a', words }]);
  });

  test('a decided review still takes reactions: the core says what they are worth', async () => {
    const { chat, show, intents, place } = await setUpTalk();
    const message = await show(place, reviewCard('1a'));
    await show(place, card({ title: 'Approved' }), message);
    await chat.type(':react reject too late?');
    expect(intents()).toMatchObject([{ type: 'vote', cut: '1a' }]);
  });

  test('without a review there is nothing to react to', async () => {
    const { chat, told, paper } = await setUpTalk();
    await chat.type(':react approve');
    await chat.type(':react dance');
    expect(told).toEqual([]);
    expect(paper.text).toContain('There is no review');
    expect(paper.text).toContain('React with');
  });

  test(':as changes who is at the keyboard, by id or name', async () => {
    const people = { U7: { name: 'Ben', groups: [], manager: false } };
    const { chat, told, paper } = await setUpTalk({ people });
    for (const line of ['a', ':as ben', 'b', ':as U7', 'c', ':as eve', 'd']) await chat.type(line);
    expect(told.map(({ person }) => person)).toEqual(['ana', 'U7', 'U7', 'eve']);
    expect(paper.text).toContain('Ben ▸ b');
  });

  test(':join changes the conversation, by number or place', async () => {
    const { chat, told, paper } = await setUpTalk();
    await chat.open('terminal:main', 'Coffee', 'r2');
    for (const line of [':join 1', 'a', ':join terminal:main/2', 'b', ':join main/1', 'c'])
      await chat.type(line);
    expect(told.map(({ at }) => 'place' in at && at.place)).toEqual([
      'terminal:main/1',
      'terminal:main/2',
      'terminal:main/1',
    ]);
    await chat.type(':join');
    await chat.type(':join 9');
    expect(paper.text).toContain('1 · Aurora tea  ← you are here\n  2 · Coffee');
    expect(paper.text).toContain('There is no conversation “9”');
  });

  test(':help lists everything', async () => {
    const { chat, paper } = await setUpTalk();
    await chat.type(':help');
    for (const word of ['/video-campaigns', ':react approve', ':join 2', ':as NAME', ':quit'])
      expect(paper.text).toContain(word);
  });
});

describe('the end', () => {
  test.each([
    ['the end of the input', 'tea\ncoffee\n', true],
    ['a last line without its end', 'tea\ncoffee', true],
    [':quit', 'tea\ncoffee\n:quit\n', false],
  ])('%s comes after everything that was asked', async (_, typed, ends) => {
    const input = keyboard();
    const told: string[] = [];
    const { chat } = await setUpTalk(
      { input },
      {
        async tell({ intent }) {
          await new Promise((done) => setTimeout(done, 20));
          told.push('words' in intent ? intent.words : '');
          return { answer: null, refusal: null, campaign: null };
        },
      },
    );
    if (ends) input.end(typed);
    else input.write(typed);
    await chat.ended;
    expect(told).toEqual(['tea', 'coffee']);
  });

  test('Ctrl-C leaves a live terminal', async () => {
    const input = keyboard();
    const { chat } = await setUpTalk({ input, live: true });
    input.write('\u0003');
    await expect(chat.ended).resolves.toBeUndefined();
  });

  test('an output that nobody reads any more ends it, once and in peace', async () => {
    let isGone = false;
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const output = new Writable({ write: (_, __, done) => done(isGone ? gone : null) });
    const { chat, show, told, place } = await setUpTalk({ output, input: keyboard() });
    isGone = true;
    await show(place, briefCard());
    await expect(chat.ended).resolves.toBeUndefined();
    await show(place, reviewCard(), null, 'review');
    await chat.type('still heard');
    expect(told).toHaveLength(1);
  });

  test('one that was gone before anybody listened ends it at once', async () => {
    const output = new Writable({ write: (_, __, done) => done(new Error('write EPIPE')) });
    const { chat, show } = setUp({ output });
    await show('terminal:main/1', briefCard());
    await chat.listen(fakeDoors().doors);
    await expect(chat.ended).resolves.toBeUndefined();
  });

  test('stop waits for what is under way', async () => {
    let isDone = false;
    const tell = async () => {
      await new Promise((done) => setTimeout(done, 20));
      isDone = true;
      return { answer: null, refusal: null, campaign: null };
    };
    const { chat, listening } = await setUpTalk({}, { tell });
    void chat.type('tea');
    await listening.stop();
    expect(isDone).toBe(true);
  });

  test('what nobody listens to is a mistake', () => {
    expect(() => setUp().chat.type('tea')).toThrow('Nobody listens');
  });
});
