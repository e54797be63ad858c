import { describe, expect, test } from 'vitest';
import type { Meant, Typed } from '../../commands/command.ts';
import { commands } from '../../commands/index.ts';
import { video } from '../../commands/video.ts';
import { videoBrand } from '../../commands/video-brand.ts';
import { videoCampaigns } from '../../commands/video-campaigns.ts';
import { videoCompare } from '../../commands/video-compare.ts';
import { videoHelp } from '../../commands/video-help.ts';
import { videoModels } from '../../commands/video-models.ts';
import { Intent } from '../../src/campaign/intent.ts';
import type { Offer } from '../../src/campaign/reference.ts';
import { type Status, statusNames } from '../../src/campaign/status.ts';
import { fixedChoices } from '../../src/chat/choices.ts';

const typed = (text: string, more: Partial<Typed> = {}): Typed => ({
  text,
  options: {},
  files: [],
  place: 'terminal:main',
  ...more,
});
const logo: Offer = { name: 'logo.svg', purpose: 'logo', source: { kind: 'attachment', attachment: 'F1' } };
const codes = (meant: Meant) => ('refuse' in meant ? meant.refuse.map((one) => one.refusal) : []);

describe('the menu', () => {
  test('is in the order people see it', () => {
    expect(commands.map(({ name }) => name)).toEqual([
      'video',
      'video-models',
      'video-compare',
      'video-campaigns',
      'video-brand',
      'video-help',
    ]);
  });

  test.each(commands.map((command) => [command.name, command] as const))(
    '%s fits every platform',
    (name, command) => {
      expect(name).toMatch(/^[a-z-]{1,32}$/);
      expect(command.summary.length).toBeLessThanOrEqual(100);
      expect(command.example).toMatch(new RegExp(`^/${name}(?= |$)`));
      expect(command.options.length).toBeLessThanOrEqual(25);
      for (const option of command.options) {
        expect(option.name).toMatch(/^[a-z-]{1,32}$/);
        expect(option.summary.length).toBeLessThanOrEqual(100);
      }
    },
  );

  test.each(commands)('the example of $name can be copied', (command) => {
    const meant = command.read(typed(command.example.replace(/^\/\S+\s*/, '')));
    expect(meant).not.toHaveProperty('refuse');
  });

  test('no spelling means two options', () => {
    const all = video.options.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('/video', () => {
  test('opens a campaign with what was said, attached and linked', () => {
    const link = 'https://aurora.tea/mood.jpg';
    const meant = video.read(typed(`a calm film 6s ${link}`, { files: [logo] }));
    expect(meant).toEqual({
      tell: {
        type: 'open',
        words: 'a calm film',
        options: { seconds: 6 },
        references: [logo, { name: 'mood.jpg', purpose: null, source: { kind: 'link', url: link } }],
        place: 'terminal:main',
      },
    });
    expect('tell' in meant && Intent.parse(meant.tell)).toBeTruthy();
  });

  test('reads options by name and typed ones alike', () => {
    const named = typed('', { options: { prompt: 'a calm film 1:1', duration: '6', tagline: 'Good day' } });
    expect(video.read(named)).toEqual(video.read(typed('a calm film 1:1 --duration 6 --tagline "Good day"')));
  });

  test.each([
    ['only files', typed('', { files: [logo] })],
    ['only a template', typed('--template brand-animation')],
    ['only a product', typed('--product Aurora')],
    ['only a link to a picture', typed('https://aurora.tea/logo.png')],
  ])('opens with %s; the core asks for the rest', (_, given) => {
    expect(video.read(given)).toMatchObject({ tell: { type: 'open', words: '' } });
  });

  test.each([
    ['nothing', ''],
    ['spaces', ' \n '],
    ['only a length and a shape', '6s 9:16'],
  ])('says how to begin when given %s', (_, text) =>
    expect(codes(video.read(typed(text)))).toEqual(['brief-empty']),
  );

  test('says everything that was wrong at once', () => {
    const meant = video.read(typed('tea --duration six --aspect 7:3', { options: { template: 'opera' } }));
    expect(codes(meant)).toEqual(['seconds-unreadable', 'aspect-unknown', 'template-unknown']);
  });

  test.each([
    ['help', { about: 'help' }],
    ['Help!', { about: 'help' }],
    ['models', { about: 'models' }],
    ['campaigns', { about: 'campaigns' }],
  ])('answers "%s"', (text, ask) => {
    expect(video.read(typed(text))).toEqual({ ask });
    expect(video.read(typed('', { options: { prompt: text } }))).toEqual({ ask });
  });

  test.each([
    ['compare', videoCompare, ''],
    ['compare 8s', videoCompare, '8s'],
    ['Compare 8s 9:16 for tiktok', videoCompare, '8s 9:16 for tiktok'],
    ['campaigns needs review', videoCampaigns, 'needs review'],
    ['brand', videoBrand, ''],
    ['brand Aurora --voice "calm"', videoBrand, 'Aurora --voice "calm"'],
    ['help compare', videoHelp, 'compare'],
    ['/video-models', videoModels, ''],
  ])('"%s" is what the command beside it does', (text, command, rest) => {
    const meant = command.read(typed(rest));
    expect(meant).not.toHaveProperty('refuse');
    expect(video.read(typed(text))).toEqual(meant);
    expect(video.read(typed('', { options: { prompt: text } }))).toEqual(meant);
  });

  test('a length that is chosen beside it goes along', () => {
    const options = { prompt: 'compare', duration: '8' };
    expect(video.read(typed('', { options }))).toMatchObject({ ask: { about: 'compare', seconds: 8 } });
    expect(video.read(typed('', { options: { ...options, tagline: 'Twice' } }))).toHaveProperty('tell');
  });

  test.each([
    'compare two phones on a desk',
    'compare 8s --tagline "Twice as bright"',
    'campaigns in spring',
    'brand film for Aurora tea',
    'brand Aurora --tagline "Taste it"',
    'help wanted: a barista',
    'sneakers',
    'cancel culture, the musical',
    'thanks to our farmers',
    'settings of a calm room',
  ])('"%s" is a brief', (text) => expect(video.read(typed(text))).toHaveProperty('tell.type', 'open'));

  test.each(['cancel', 'Stop!', 'hello', 'Hi', 'thank you!', 'thanks', 'status', 'settings?'])(
    '"%s" begins nothing, and is told what would',
    (text) => {
      expect(codes(video.read(typed(text)))).toEqual(['brief-is-talk']);
      expect(codes(video.read(typed('', { options: { prompt: text } })))).toEqual(['brief-is-talk']);
      expect(video.read(typed(text, { files: [logo] }))).toHaveProperty('tell');
      expect(video.read(typed('', { options: { prompt: text, product: 'Aurora' } }))).toHaveProperty('tell');
    },
  );

  test('a film about models is a film', () => {
    expect(video.read(typed('models on a catwalk'))).toHaveProperty('tell');
    expect(video.read(typed('models', { files: [logo] }))).toHaveProperty('tell');
    expect(video.read(typed('constructor'))).toHaveProperty('tell');
  });
});

describe('questions', () => {
  test.each([
    ['', { about: 'campaigns' }],
    ['all', { about: 'campaigns' }],
    ['Everything!', { about: 'campaigns' }],
    ['needs review', { about: 'campaigns', status: 'needsReview' }],
    ['needs-review', { about: 'campaigns', status: 'needsReview' }],
    ['needsReview', { about: 'campaigns', status: 'needsReview' }],
    ['"needs review"', { about: 'campaigns', status: 'needsReview' }],
    ['Status: Needs_Review', { about: 'campaigns', status: 'needsReview' }],
    ['being made', { about: 'campaigns', status: 'inProgress' }],
    ['changes', { about: 'campaigns', status: 'changesRequested' }],
    ['canceled', { about: 'campaigns', status: 'cancelled' }],
    ['only approved', { about: 'campaigns', status: 'approved' }],
  ])('/video-campaigns %s', (text, ask) => {
    expect(videoCampaigns.read(typed(text))).toEqual({ ask });
    expect(videoCampaigns.read(typed('', { options: { status: text } }))).toEqual({ ask });
  });

  test.each(fixedChoices('status') ?? [])('/video-campaigns %s is one of its own choices', (name) => {
    const { ask } = videoCampaigns.read(typed('', { options: { status: name } })) as {
      ask: { status: Status };
    };
    expect(statusNames[ask.status]).toBe(name);
  });

  test.each(['bogus', 'mine', 'constructor'])(
    '/video-campaigns %s is answered with the states there are',
    (text) => {
      const meant = videoCampaigns.read(typed(text));
      expect(codes(meant)).toEqual(['status-unknown']);
      expect(JSON.stringify(meant)).toMatch(
        `“${text}”. A video can be: ${Object.values(statusNames).join(', ')}.`,
      );
    },
  );

  test.each([
    ['', { about: 'help' }],
    ['/video-campaigns', { about: 'help', command: 'video-campaigns' }],
    ['video campaigns', { about: 'help', command: 'video-campaigns' }],
  ])('/video-help %s', (text, ask) => expect(videoHelp.read(typed(text))).toEqual({ ask }));

  test.each([
    ['', { about: 'compare', place: 'terminal:main' }],
    ['10s 1:1', { about: 'compare', place: 'terminal:main', seconds: 10, aspect: '1:1' }],
    ['for tiktok', { about: 'compare', place: 'terminal:main', seconds: 9, aspect: '9:16' }],
    ['8s https://a.test/x.png', { about: 'compare', place: 'terminal:main', seconds: 8, references: 1 }],
  ])('/video-compare %s', (text, ask) => expect(videoCompare.read(typed(text))).toEqual({ ask }));

  test('/video-compare counts the pictures to follow, not the logo, and says what it cannot read', () => {
    expect(videoCompare.read(typed('', { files: [logo] }))).not.toHaveProperty('ask.references');
    expect(codes(videoCompare.read(typed('--duration soon')))).toEqual(['seconds-unreadable']);
  });

  test('/video-models', () => {
    expect(videoModels.read(typed('please'))).toEqual({ ask: { about: 'models' } });
  });
});
