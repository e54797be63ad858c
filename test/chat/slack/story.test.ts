import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/campaign.ts';
import { keysOf } from '../../../src/campaign/cards.ts';
import type { Underway } from '../../../src/campaign/take.ts';
import type { Card } from '../../../src/chat/card.ts';
import { composeCard } from '../../../src/chat/compose.ts';
import { render } from '../../../src/chat/slack/render.ts';
import { catalogue, picture, story } from '../../campaign/specification.ts';
import { everyWith, faultsInBlocks } from '../../support/slack/block-kit.ts';
import { rendering } from './cards.ts';

const shown = rendering({ picture: ({ key }) => ({ image_url: `https://media.example/${key}` }) });
const cardAt = (
  campaign: Campaign,
  key: string,
  live: { type: string; body: unknown; live: unknown }[] = [],
) => composeCard(key, { campaign, live }, { catalogue }) as Card;
const blocksOf = (card: Card, rich = true) => {
  const { blocks } = render(card, { ...shown, rich });
  expect(faultsInBlocks(blocks)).toEqual([]);
  return blocks as { type: string; [field: string]: unknown }[];
};
const typesOf = (card: Card, rich = true) => blocksOf(card, rich).map(({ type }) => type);
const labelsOf = (card: Card) =>
  everyWith(blocksOf(card), 'value')
    .filter((one) => one['type'] === 'button')
    .map((one) => (one['text'] as { text: string }).text);
const said = (card: Card) => JSON.stringify(blocksOf(card));

const files = [
  { name: 'aurora logo.png', purpose: null, source: { kind: 'attachment' as const, attachment: 'T1/F1' } },
];
const worded = () => {
  const it = story();
  it.open('A calm film for Aurora tea', { references: files, approvers: { people: ['U7'], groups: ['S9'] } });
  const [reference] = it.campaign.references;
  it.told({
    type: 'reference.fetched',
    reference: reference?.id ?? '',
    picture: picture('logo'),
    notes: ['small'],
    palette: [],
  });
  it.refine();
  return it;
};

describe('the brief', () => {
  test('what was asked for stands beside the prompt, then the references, the price and what can be done', () => {
    const brief = cardAt(worded().campaign, 'brief');
    const [header, columns] = blocksOf(brief);
    expect(header).toMatchObject({ type: 'header', text: { text: 'Aurora' } });
    expect(columns?.['fields']).toMatchObject([
      { text: '*You asked*\nA calm film for Aurora tea' },
      { text: '*Prompt, revision 1*\nmotion' },
    ]);
    expect(said(brief)).toMatch(/static_select.*\*Price\* {2}about \$0\.60, ready in about 8 s.*Generate/s);
    expect(labelsOf(brief)).toEqual([
      'Remove',
      'Generate ($0.60)',
      'Stills first ($0.03)',
      'Edit prompt …',
      'Use my words',
      'Cancel',
    ]);
  });

  test('stills tell what all of them together would cost, as many as are wished for or usual', () => {
    const it = worded();
    const label = (stills?: number) => {
      const view = { campaign: it.campaign, live: [], ...(stills && { policy: { stills } }) };
      const buttons = composeCard('brief', view, { catalogue })?.buttons ?? [];
      return buttons.find(({ does }) => does.type === 'make-stills')?.label;
    };
    expect(label(5)).toBe('Stills first ($0.05)');
    it.told({ type: 'set', options: { stillCount: 2 } });
    expect(label(5)).toBe('Stills first ($0.02)');
    it.told({ type: 'make-stills' });
    expect(it.campaign.boards[0]?.stills.reduce((sum, { held }) => sum + (held?.micros ?? 0), 0)).toBe(
      20_000,
    );
  });

  test('a picture that was refused says why, is for nothing, and can be taken off', () => {
    const it = story();
    it.open('A calm film for Aurora tea', { references: files });
    const [{ id = '' } = {}] = it.campaign.references;
    it.told({ type: 'reference.refused', reference: id, code: 'image-pdf' });
    it.refine();
    const brief = () => cardAt(it.campaign, 'brief');
    expect(said(brief())).toContain('it is a PDF');
    expect(brief().items).toMatchObject([{ menu: null, buttons: [{ label: 'Remove' }] }]);
    const [remove] = brief().items[0]?.buttons ?? [];
    const events = it.told(remove?.does ?? { type: 'cancel' });
    expect(events.map(({ type }) => type)).toEqual(['reference.removed']);
    expect(brief().items).toEqual([]);
  });

  test('a reference has its picture, and a menu of what it is for', () => {
    const [reference] = blocksOf(cardAt(worded().campaign, 'brief')).filter((block) => block['accessory']);
    expect(reference).toMatchObject({
      text: { text: expect.stringMatching(/^\*Logo\*\naurora logo\.png, .*soft/) },
    });
    const [menu] = everyWith(blocksOf(cardAt(worded().campaign, 'brief')), 'initial_option');
    expect(menu).toMatchObject({ type: 'static_select', initial_option: { value: 'logo' } });
  });

  test('ending a campaign is asked about first', () => {
    const [cancel] = everyWith(blocksOf(cardAt(worded().campaign, 'brief')), 'confirm');
    expect(cancel).toMatchObject({ text: { text: 'Cancel' }, style: 'danger' });
  });
});

describe('stills', () => {
  const chosen = () => {
    const it = worded();
    it.told({ type: 'make-stills' });
    for (const { n } of it.campaign.boards[0]?.stills ?? [])
      it.told({ type: 'still.made', board: 1, still: n, picture: picture(`s${n}`), cost: 0 } as never);
    it.told({ type: 'pick-still', still: 2 });
    return cardAt(it.campaign, 'stills:1');
  };

  test('lie side by side, each with its own button', () => {
    const [carousel] = blocksOf(chosen()).filter(({ type }) => type === 'carousel');
    expect(carousel?.['elements']).toMatchObject([
      { hero_image: { image_url: expect.stringContaining('s1') }, actions: [{ text: { text: 'Choose' } }] },
      { hero_image: { image_url: expect.stringContaining('s2') }, actions: [{ text: { text: 'Chosen ✓' } }] },
      { hero_image: { image_url: expect.stringContaining('s3') }, actions: [{ text: { text: 'Choose' } }] },
    ]);
  });

  test('where there are no carousels, below each other with their buttons in one row', () =>
    expect(typesOf(chosen(), false)).toEqual(['header', 'image', 'image', 'image', 'actions', 'context']));

  test('that Slack does not have yet are named', () => {
    const { blocks } = render(chosen(), { ...shown, picture: () => null });
    expect(JSON.stringify(blocks)).toMatch(/Still 1\\nStill 2\\nStill 3/);
  });
});

describe('progress', () => {
  const running = (live: Underway | null) => {
    const it = worded();
    it.told({ type: 'generate' });
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'p' });
    return cardAt(it.campaign, 'progress:1', [{ type: 'watch-take', body: { take: 1 }, live }]);
  };

  test.each([
    ['nobody knows yet', null, 'pending', 'waiting for the model'],
    ['in line', { state: 'queued', position: 3 }, 'pending', 'waiting for the model, place 3 in line'],
    ['under way', { state: 'running', fraction: 0.5 }, 'in_progress', 'generating · 40 %'],
  ] as const)('%s, as a plan', (_, live, status, title) => {
    const [plan] = blocksOf(running(live));
    expect(plan).toMatchObject({ type: 'plan', tasks: [{ status, title }] });
    expect(labelsOf(running(live))).toEqual(['Cancel']);
  });

  test('in words, where there are no plans', () => {
    const [header, line] = blocksOf(running({ state: 'running', fraction: 0.5 }), false);
    expect(header).toMatchObject({ type: 'header', text: { text: 'Take 1 · Best · 6 s 16:9' } });
    expect(line).toMatchObject({ text: { text: '▰▰▰▰▰▱▱▱▱▱▱▱  40 %  generating' } });
  });
});

describe('the review', () => {
  const reviewed = () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.finish();
    return it;
  };

  test('calls who decides, and says what they decide on', () => {
    const review = cardAt(reviewed().campaign, 'review:1a');
    expect(said(review)).toMatch(
      /\*Waiting for\* {2}<@U7> <!subteam\^S9>.*\*Model\* {2}Best.*6\.0 s, 1280 × 720.*\$0\.60.*revision 1.*sha256 cut1/s,
    );
    expect(labelsOf(review)).toEqual(['Approve', 'Request changes …', 'Reject …', 'Another take']);
  });

  test('once decided, nobody is called and nothing can be pressed', () => {
    const it = reviewed();
    it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'U7' });
    const vote = it.campaign.review?.votes[0]?.id ?? '';
    it.told({ type: 'approver.checked', vote, who: { name: 'Lee', groups: [], manager: false } });
    const review = cardAt(it.campaign, 'review:1a');
    expect(said(review)).toMatch(/Review of cut 1a: approved.*Lee approves/s);
    expect(said(review)).not.toContain('<@');
    expect(labelsOf(review)).toEqual([]);
  });

  test('every card of the story is valid, rich or plain', () => {
    const { campaign } = reviewed();
    for (const key of keysOf(campaign))
      for (const rich of [true, false]) blocksOf(cardAt(campaign, key), rich);
    expect(keysOf(campaign).length).toBeGreaterThan(3);
  });
});

describe('once the video is cancelled', () => {
  const cancelled = () => {
    const it = worded();
    it.told({ type: 'make-stills' });
    for (const { n } of it.campaign.boards[0]?.stills ?? [])
      it.told({ type: 'still.made', board: 1, still: n, picture: picture(`s${n}`), cost: 0 } as never);
    it.told({ type: 'generate' });
    it.finish();
    it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'U7' });
    it.told({ type: 'cancel' }, { person: 'U8' });
    return it;
  };

  test('its cut waits for nobody', () => {
    const review = cardAt(cancelled().campaign, 'review:1a');
    expect(review.title).toBe('Cut 1a: the video was cancelled');
    expect(said(review)).not.toMatch(/Waiting for|<@|checking/);
    expect(labelsOf(review)).toEqual([]);
  });

  test('its stills are shown, and nothing can be picked', () => {
    const stills = cardAt(cancelled().campaign, 'stills:1');
    expect(stills.title).toBe('Stills: the video was cancelled');
    const [carousel] = blocksOf(stills).filter(({ type }) => type === 'carousel');
    expect(carousel?.['elements']).toHaveLength(3);
    for (const rich of [true, false])
      expect(JSON.stringify(blocksOf(stills, rich))).not.toContain('"button"');
  });

  test('the thread says by whom', () => {
    const { campaign } = cancelled();
    const reply = cardAt(campaign, `reply:${campaign.replies.length}`);
    expect(said(reply)).toMatch(/Cancelled: nothing more is bought.*<@U8>/);
  });

  test('what was asked is asked no more, and nothing is being worded', () => {
    const it = story();
    it.open('Tea', { options: { template: 'brand-animation' } });
    it.refine();
    const [about] = it.campaign.asked;
    expect(about).toBeDefined();
    it.told({ type: 'cancel' });
    expect(cardAt(it.campaign, `question:${about}`).title).toMatch(/^No longer asked: /);
    const unworded = story();
    unworded.open();
    unworded.told({ type: 'cancel' });
    expect(said(cardAt(unworded.campaign, 'brief'))).not.toContain('Wording the prompt');
  });
});

describe('once the video is decided on', () => {
  test('its brief offers no end of it, and says what another take would do', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.finish();
    expect(labelsOf(cardAt(it.campaign, 'brief'))).toContain('Cancel');
    it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'U7' });
    const vote = it.campaign.review?.votes[0]?.id ?? '';
    it.told({ type: 'approver.checked', vote, who: { name: 'Lee', groups: [], manager: false } });
    const brief = cardAt(it.campaign, 'brief');
    expect(labelsOf(brief)).toContain('Generate take 2 ($0.60)');
    expect(labelsOf(brief)).not.toContain('Cancel');
    expect(said(brief)).toContain('Cut 1a is approved. Another take would be decided on anew.');
  });
});

test('stills in another shape than the clip has now cannot be picked for it', () => {
  const it = worded();
  it.told({ type: 'make-stills' });
  for (const { n } of it.campaign.boards[0]?.stills ?? [])
    it.told({ type: 'still.made', board: 1, still: n, picture: picture(`s${n}`), cost: 0 } as never);
  it.told({ type: 'set', options: { aspect: '9:16' } });
  const stills = cardAt(it.campaign, 'stills:1');
  expect(stills.title).toBe('Stills in 16:9: the clip has another shape now');
  expect(labelsOf(stills)).toEqual([]);
});

describe('what is only said', () => {
  test('is no headline', () =>
    expect(typesOf({ ...cardAt(worded().campaign, 'brief'), ...empty, title: 'Noted as a must.' })).toEqual([
      'section',
    ]));
});

const empty = { columns: [], text: [], fields: [], items: [], buttons: [], footer: '' };
