import { describe, expect, it } from 'vitest';
import { type Meaning, Reading } from '../../src/campaign/prompt.ts';
import { sampleLanguage } from '../../src/providers/sample/language.ts';

const refine = (note: string): Meaning => ({ kind: 'refine', note });
const must = (text: string): Meaning => ({ kind: 'must', text });
const not = (text: string): Meaning => ({ kind: 'must-not', text });
const pick = (still: number): Meaning => ({ kind: 'pick', still });
const go: Meaning = { kind: 'go' };
const price: Meaning = { kind: 'price' };
const stills: Meaning = { kind: 'stills' };
const verbatim: Meaning = { kind: 'verbatim' };
const cancel: Meaning = { kind: 'cancel' };
const verdict: Meaning = { kind: 'verdict' };
const help: Meaning = { kind: 'help' };
const unclear: Meaning = { kind: 'unclear' };

/** Said with four stills on offer. */
const sentences: [words: string, ...Meaning[]][] = [
  ['make it moodier', refine('make it moodier')],
  ['darker please', refine('darker please')],
  ['darker, slower', refine('darker, slower')],
  ['Could the bottle sit on wet stone?', refine('Could the bottle sit on wet stone')],
  ['etwas dunkler bitte', refine('etwas dunkler bitte')],
  ['Mach es wärmer und langsamer', refine('Mach es wärmer und langsamer')],
  ['the car goes through the desert', refine('the car goes through the desert')],
  ['show the bottle from below', refine('show the bottle from below')],
  ['less dark', refine('less dark')],
  ["don't make it so dark", refine("don't make it so dark")],
  ['もっと暗く', refine('もっと暗く')],
  ['plus sombre', refine('plus sombre')],
  ['a close-up of the second bottle', refine('a close-up of the second bottle')],
  ['slower. And the bottle on ice', refine('slower. And the bottle on ice')],
  ['16:9', refine('16:9')],
  ['10 seconds of rain', refine('10 seconds of rain')],
  ['must show the bottle', must('the bottle')],
  ['it must show the bottle and the glass', must('the bottle and the glass')],
  ['add a must: the cap is closed', must('the cap is closed')],
  ['the bottle must be full', must('the bottle must be full')],
  ['Make sure the label is readable', must('the label is readable')],
  ['always show the skyline', must('the skyline')],
  ['muss die Flasche zeigen', must('die Flasche')],
  ['Die Flasche muss voll sein.', must('Die Flasche muss voll sein')],
  ['no people', not('people')],
  ['without text, please', not('text')],
  ["don't show competitors", not('competitors')],
  ['never show a logo', not('a logo')],
  ['avoid red', not('red')],
  ['keine Menschen', not('Menschen')],
  ['bitte ohne Text', not('Text')],
  ['must not show alcohol', not('alcohol')],
  ['what does it cost?', price],
  ['How much?', price],
  ['how much is a 10 second clip', price],
  ['Was kostet das?', price],
  ['pick still 2', pick(2)],
  ['the second one', pick(2)],
  ['no. 3', pick(3)],
  ['#2', pick(2)],
  ['2', pick(2)],
  ['I like the third', pick(3)],
  ['go with 4', pick(4)],
  ['the last one', pick(4)],
  ['nimm Bild 3', pick(3)],
  ['das zweite bitte', pick(2)],
  ['Nr. 1', pick(1)],
  ['show me stills', stills],
  ['stills first please', stills],
  ['Zeig mir neue Standbilder', stills],
  ['go', go],
  ['Go!', go],
  ['go ahead', go],
  ['generate', go],
  ['generate the video', go],
  ['do it', go],
  ['ja, los', go],
  ["los geht's", go],
  ['Los geht’s!', go],
  ['yes, make it', go],
  ['mach das Video', go],
  ['use my words as they are', verbatim],
  ['verbatim', verbatim],
  ["don't change my words", verbatim],
  ['Nimm meine Worte so wie sie sind', verbatim],
  ['cancel', cancel],
  ['never mind', cancel],
  ['bitte abbrechen', cancel],
  ['stop it', cancel],
  ['approved', verdict],
  ['looks good, approve', verdict],
  ['Freigegeben!', verdict],
  ['help', help],
  ['what can you do?', help],
  ['Hilfe', help],
  ['the product is called Aurora', { kind: 'product', text: 'Aurora' }],
  ['product: Aurora Cold Brew', { kind: 'product', text: 'Aurora Cold Brew' }],
  ['Das Produkt heißt Morgenrot', { kind: 'product', text: 'Morgenrot' }],
  ['tagline: Wake up slowly', { kind: 'tagline', text: 'Wake up slowly' }],
  ['The tagline is “Wake up, slowly.”', { kind: 'tagline', text: 'Wake up, slowly' }],
  ['darker, and go', refine('darker'), go],
  ['Dunkler, und los', refine('Dunkler'), go],
  ['no people, and go', not('people'), go],
  ['darker, no people', refine('darker'), not('people')],
  ['must show the bottle, darker', must('the bottle'), refine('darker')],
  ['pick 2 and go', pick(2), go],
  ['Great! Take the first one, then make it slower.', pick(1), refine('make it slower')],
  ['what does it cost? and show me stills', price, stills],
  [
    'the product is called Aurora, tagline: Wake up slowly',
    { kind: 'product', text: 'Aurora' },
    { kind: 'tagline', text: 'Wake up slowly' },
  ],
  ['darker sample:slow', refine('darker sample:slow')],
  ["I'd like a warmer light and no text please", refine("I'd like a warmer light"), not('text')],
  ['yes please', go],
  ['was würde das kosten?', price],
  ['could you show me some stills first?', stills],
  ['Zeig mir die Bilder', stills],
  ['approve 👍', verdict],
  ['Freigabe erteilt', verdict],
  ['how long does it take?', help],
  ['stop the rain', refine('stop the rain')],
  ['generate a dog', refine('generate a dog')],
  ['go slower', refine('go slower')],
  ['thanks', unclear],
  ['Vielen Dank!', unclear],
  ['👍', unclear],
  ['🔥🔥🔥', unclear],
  ['', unclear],
  ['ok', unclear],
];

describe('what is meant', () => {
  it.each(sentences)('%j', async (words, ...meanings) => {
    const reading = await sampleLanguage().read(
      { words, phase: 'storyboard', stills: 4 },
      AbortSignal.timeout(1000),
    );
    expect(Reading.parse(reading).meanings).toEqual(meanings);
  });
});

describe('what depends on the moment', () => {
  const read = (words: string, phase: string, offered: number) =>
    sampleLanguage().read({ words, phase, stills: offered }, AbortSignal.timeout(1000));

  it('takes a bare number for a pick only while stills are offered', async () => {
    expect(await read('2', 'briefing', 0)).toEqual({ meanings: [unclear] });
  });

  it('takes praise for a verdict only in review', async () => {
    expect(await read('looks good', 'review', 0)).toEqual({ meanings: [verdict] });
    expect(await read('looks good', 'briefing', 0)).toEqual({ meanings: [unclear] });
  });

  it('keeps every reading within the schema, however long or odd the message', async () => {
    for (const words of [
      'a'.repeat(9000),
      'must show '.repeat(900),
      '👩‍👩‍👧‍👦'.repeat(500),
      '\u0000\u0001,;.',
      'go. '.repeat(99),
    ]) {
      expect(Reading.safeParse(await read(words, 'briefing', 0)).success).toBe(true);
    }
  });
});
