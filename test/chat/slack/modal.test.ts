import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Brands } from '../../../src/campaign/brand-kit.ts';
import { refusalCodes, refuse } from '../../../src/campaign/refusal.ts';
import { briefForm, readBrief } from '../../../src/chat/slack/brief-form.ts';
import { encodeButton, readAction } from '../../../src/chat/slack/button.ts';
import { namesIn, Sent } from '../../../src/chat/slack/inputs.ts';
import { faultOfKit, kitForm, readKit } from '../../../src/chat/slack/kit-form.ts';
import { faultsOf } from '../../../src/chat/slack/modal.ts';
import type { Shown } from '../../../src/chat/slack/shown.ts';
import { readUse, useForm } from '../../../src/chat/slack/use-form.ts';
import { faultOfWords, readWords, wordsForm } from '../../../src/chat/slack/words-form.ts';
import { picture } from '../../campaign/specification.ts';
import { faultsInView } from '../../support/slack/block-kit.ts';
import { anyText } from './cards.ts';
import { naming, sent, suggest } from './forms.ts';

const suggestion = fc.record({ value: anyText, label: anyText });
const suggestions = fc.array(suggestion, { maxLength: 120 });
const once = { numRuns: 40 };
const aurora = {
  ...{ id: 'k1', name: 'Aurora', revision: 1, logo: null, colours: ['#0f766e'] },
  ...{ voice: { words: 'calm' }, bans: [{ words: 'people' }] },
};

describe('every form is valid, whatever stands in it', () => {
  test('the brief', () => {
    fc.assert(
      fc.property(
        suggestions,
        fc.option(fc.constant('C1')),
        anyText,
        anyText,
        (some, channel, words, name) => {
          const brands = { kits: [{ ...aurora, name }], usual: 'k1' };
          const view = briefForm({ channel, groups: some, suggest: () => some, words, brands });
          expect(faultsInView(view)).toEqual([]);
        },
      ),
      once,
    );
  });

  test('a few words for a button', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (title, label, value) => {
        const intent = { type: 'edit-prompt' as const, words: '' };
        expect(faultsInView(wordsForm({ campaign: 'c1', intent, asks: { title, label } }, value))).toEqual(
          [],
        );
      }),
      once,
    );
  });

  test('a brand kit', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.array(anyText, { maxLength: 10 }), (name, words, bans) => {
        const kit = { ...aurora, name, voice: { words }, bans: bans.map((ban) => ({ words: ban })) };
        expect(faultsInView(kitForm(kit, true))).toEqual([]);
      }),
      once,
    );
    expect(faultsInView(kitForm(null, false))).toEqual([]);
  });

  test('a message for a video', () => {
    const file = fc.record({ id: fc.stringMatching(/^F[A-Z0-9]{10}$/), name: anyText });
    const link = fc.record({
      url: fc.nat(1_500).map((n) => `https://cdn.example/${'x'.repeat(n)}`),
      name: anyText,
    });
    const pictures = fc.array(fc.oneof(file, link), { maxLength: 20 });
    fc.assert(
      fc.property(suggestions, pictures, anyText, (running, shown, words) => {
        expect(faultsInView(useForm({ channel: 'C1', words, shown, running }))).toEqual([]);
      }),
      once,
    );
  });
});

describe('the brief', () => {
  const here = { value: 'C1', label: 'Anyone in this channel' };
  const form = (channel: string | null = 'C1', groups = [here, { value: 'S1', label: '@design' }]) =>
    briefForm({ channel, groups, suggest });

  test('what is filled in opens a campaign as if it had been typed', () => {
    const view = sent(form(), {
      'What should the video show?': 'A calm film for Aurora tea, 8s',
      Logo: { id: 'F1', name: 'aurora.png' },
      References: [{ id: 'F2', name: 'mood.jpg' }],
      Template: 'brand-animation',
      Shape: '9:16',
      Model: 'best',
      'How should it be worded?': 'more cinematic',
      'Who approves it?': ['U7'],
      'Or anyone in': ['C1', 'S1'],
    });
    expect(readBrief(view, naming)).toEqual({
      channel: 'C1',
      intent: {
        type: 'open',
        words: 'A calm film for Aurora tea',
        options: {
          seconds: 8,
          template: 'brand-animation',
          aspect: '9:16',
          model: 'best',
          note: 'more cinematic',
        },
        references: [
          { name: 'aurora.png', purpose: 'logo', source: { kind: 'attachment', attachment: 'T1/F1' } },
          { name: 'mood.jpg', purpose: 'style', source: { kind: 'attachment', attachment: 'T1/F2' } },
        ],
        approvers: { people: ['U7'], groups: ['C1', 'S1'] },
        place: 'slack:T1/C1',
      },
    });
  });

  test('a field beats what was typed into the brief', () => {
    const view = sent(form(), { 'What should the video show?': 'Tea, 8s', 'Length in seconds': 12 });
    expect(readBrief(view, naming)).toMatchObject({ intent: { options: { seconds: 12 } } });
  });

  test('nobody named leaves the decision to the workspace', () => {
    const read = readBrief(sent(form(), { 'What should the video show?': 'Tea' }), naming);
    expect(read).toMatchObject({ intent: { words: 'Tea' } });
    expect(read).not.toHaveProperty('intent.approvers');
  });

  test('without a channel it asks for one', () => {
    const view = sent(form(null), { 'What should the video show?': 'Tea', Where: 'C9' });
    expect(readBrief(view, naming)).toMatchObject({ channel: 'C9', intent: { place: 'slack:T1/C9' } });
    expect(JSON.stringify(form())).not.toContain('conversations_select');
  });

  test('what cannot be read is said at its input, without markup', () => {
    const view = sent(form(), { 'What should the video show?': 'Tea --model', 'Length in seconds': -3 });
    expect(readBrief(view, naming)).toEqual({
      faults: {
        prompt: 'The option “model” needs a value after it.',
        duration: expect.stringContaining('-3'),
      },
    });
  });

  test('a word that is a command asks for a brief', () => {
    const view = sent(form(), { 'What should the video show?': 'help' });
    expect(readBrief(view, naming)).toEqual({ faults: { prompt: expect.stringContaining('few words') } });
  });
});

describe('every "no" of the core stands at an input that the form has', () => {
  const nobody = { channel: null, groups: [], suggest: () => [] };
  const intent = { type: 'edit-prompt' as const, words: '' };
  const asks = { title: 'Edit', label: 'Prompt' };
  const views = {
    brief: briefForm({ channel: 'C1', groups: [], suggest }),
    'brief with nothing to choose from': briefForm(nobody),
    use: useForm({ channel: 'C1', words: '', shown: [], running: [] }),
  };

  test.each(Object.entries(views))('%s', (_, view) => {
    const inputs = view.blocks.flatMap(({ block_id }) => block_id ?? []);
    for (const refusal of refusalCodes) {
      const faults = faultsOf([{ refusal, sentence: 'No.' }], namesIn(Sent.parse(sent(view, {}))));
      expect(inputs).toEqual(expect.arrayContaining(Object.keys(faults)));
      expect(Object.values(faults)).toEqual(['No.']);
    }
  });

  test('a few words', () => {
    const inputs = wordsForm({ campaign: 'c1', intent, asks }, '').blocks.map(({ block_id }) => block_id);
    for (const refusal of refusalCodes)
      expect(inputs).toEqual(Object.keys(faultOfWords({ refusal, sentence: 'No.' })));
  });

  test('several at one input are all said there', () => {
    const view = sent(views.use, { prompt: 'Tea --duration soon --model' });
    const faults = { prompt: expect.stringMatching(/“soon”.*“model”/s) };
    expect(readUse(view, naming)).toEqual({ faults });
  });
});

describe('a few words for a button', () => {
  const intent = { type: 'vote' as const, verdict: 'reject' as const, cut: '1a', words: '' };
  const asks = { title: 'Reject', label: 'Why?' };

  test('go from the button through the form into what is told', () => {
    const button = encodeButton({ does: intent, asks }, 'c1', 0);
    const pressed = button && readAction(button);
    if (!pressed?.asks) throw new Error('no question');
    const view = wordsForm({ ...pressed, asks: pressed.asks }, 'as before');
    expect(readWords(sent(view, { 'Why?': 'too loud' }))).toEqual({
      campaign: 'c1',
      intent: { ...intent, words: 'too loud' },
    });
    expect(readWords(sent(view, {}))).toMatchObject({ intent: { words: 'as before' } });
  });

  test('a "no" stands at the words', () =>
    expect(faultOfWords(refuse('verdict-final'))).toEqual({
      words: 'This cut has been decided already; the decision stands.',
    }));
});

describe('a message for a video', () => {
  const running = [{ value: 'c7', label: 'Aurora' }];
  const form = (shown: Shown[] = [{ id: 'F1', name: 'a.png' }]) =>
    useForm({ channel: 'C1', words: 'Tea at dawn', shown, running });
  const reference = {
    name: 'a.png',
    purpose: null,
    source: { kind: 'attachment', attachment: 'T1/F1' },
  };

  test('opens a new one', () =>
    expect(readUse(sent(form(), {}), naming)).toEqual({
      at: { place: 'slack:T1/C1' },
      place: 'slack:T1/C1',
      intent: {
        type: 'open',
        words: 'Tea at dawn',
        options: {},
        references: [reference],
        place: 'slack:T1/C1',
      },
    }));

  test('is said in one that runs', () =>
    expect(readUse(sent(form(), { 'In which video?': 'Aurora', prompt: '' }), naming)).toEqual({
      at: { campaign: 'c7' },
      place: 'slack:T1/C1',
      intent: { type: 'say', words: '', references: [reference] },
    }));

  test('with nothing in it says so', () =>
    expect(readUse(sent(form([]), { 'In which video?': 'Aurora', prompt: '' }), naming)).toEqual({
      faults: { prompt: expect.stringContaining('pictures') },
    }));

  test('brings pictures at other addresses along as links', () => {
    const view = sent(form([{ url: 'https://cdn.example/mood.png', name: 'mood' }]), {});
    const source = { kind: 'link', url: 'https://cdn.example/mood.png' };
    expect(readUse(view, naming)).toMatchObject({ intent: { references: [{ name: 'mood', source }] } });
  });

  test('says how many of its pictures it cannot bring along', () => {
    const long = (n: number) => ({ url: `https://cdn.example/${n}/${'x'.repeat(1_000)}`, name: `p${n}` });
    const view = form([long(1), long(2), long(3), long(4), { id: 'F1', name: 'a.png' }]);
    expect(JSON.stringify(view.blocks[0])).toMatch(/3 pictures: p1, p2, a\.png.*2 pictures do not fit.*them/);
    expect(readUse(sent(view, {}), naming)).toMatchObject({ intent: { references: { length: 3 } } });
    const eleven = Array.from({ length: 11 }, (_, n) => ({ id: `F${n}`, name: `p${n}` }));
    expect(JSON.stringify(form(eleven).blocks[0])).toMatch(/10 pictures.*One picture does not fit.* it /);
    const none = form([{ url: `https://cdn.example/${'x'.repeat(3_000)}`, name: 'p' }]);
    expect(JSON.stringify(none.blocks[0])).not.toMatch(/no pictures/);
  });

  test('the one whose thread it stands in is chosen already', () => {
    const view = useForm({ channel: 'C1', words: '', shown: [], running, chosen: 'c7' });
    expect(readUse(sent(view, { prompt: 'darker' }), naming)).toMatchObject({ at: { campaign: 'c7' } });
  });
});

describe('a brand kit', () => {
  test('left as it is asks for what it is; its logo stays', () => {
    expect(readKit(sent(kitForm(aurora, true), {}), naming, 'U7')).toEqual({
      ...{ type: 'keep-kit', kit: 'k1', fresh: false, name: 'Aurora', place: 'slack:T1/U7' },
      ...{ colours: ['#0f766e'], voice: 'calm', bans: ['people'], usual: true },
    });
  });

  test('takes its logo out where that is ticked; another file is its new one all the same', () => {
    const logo = { name: 'a.svg', picture: picture('logo'), notes: [], palette: [] };
    const form = kitForm({ ...aurora, logo }, true);
    expect(faultsInView(form)).toEqual([]);
    const ticked = { 'Without the logo': 'Take it out; films after this are made without it' };
    expect(readKit(sent(form, {}), naming, 'U7')).not.toHaveProperty('logo');
    expect(readKit(sent(form, ticked), naming, 'U7')).toMatchObject({ logo: null });
    const both = { ...ticked, Logo: { id: 'F1', name: 'b.png' } };
    expect(readKit(sent(form, both), naming, 'U7')).toMatchObject({ logo: { name: 'b.png' } });
    expect(namesIn(Sent.parse(sent(kitForm(aurora, true), {})))).not.toContain('without');
  });

  test('that is new has what was filled in', () => {
    const view = sent(kitForm(null, false), {
      'Name of the brand': 'Aurora',
      Logo: { id: 'F1', name: 'aurora.png' },
      Colours: '#abc, #123456',
      'Never to be shown': 'people\nrain',
    });
    expect(readKit(view, naming, 'U7')).toMatchObject({
      ...{ kit: null, fresh: true, colours: ['#abc', '#123456'], bans: ['people', 'rain'], usual: false },
      logo: { name: 'aurora.png', source: { kind: 'attachment', attachment: 'T1/F1' } },
    });
  });

  test('every "no" has an input there', () => {
    const inputs = kitForm(null, false).blocks.map((block) => block.block_id);
    for (const refusal of refusalCodes)
      expect(inputs).toEqual(expect.arrayContaining(Object.keys(faultOfKit({ refusal, sentence: 'No.' }))));
  });

  test('is offered in the brief only where there are any, the usual one first of all', () => {
    const brief = (brands?: Brands) =>
      briefForm({ channel: 'C1', groups: [], suggest, ...(brands && { brands }) });
    expect(JSON.stringify(brief())).not.toContain('Brand kit');
    const form = brief({ kits: [aurora], usual: 'k1' });
    const untouched = sent(form, { 'What should the video show?': 'Tea' });
    expect(readBrief(untouched, naming)).toMatchObject({ intent: { options: { brand: 'Aurora' } } });
    const without = sent(form, { 'What should the video show?': 'Tea', 'Brand kit': 'No brand kit' });
    expect(readBrief(without, naming)).toMatchObject({ intent: { options: { brand: 'none' } } });
  });
});
