import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Menu } from '../../../src/chat/card.ts';
import { actionIds, encodeButton, encodeMenu, readAction } from '../../../src/chat/slack/button.ts';
import { anyButton } from './cards.ts';

describe('a button', () => {
  test('what is encoded comes back decoded, or there is no button', () => {
    fc.assert(
      fc.property(
        anyButton,
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.nat(99),
        (button, campaign, n) => {
          const encoded = encodeButton(button, campaign, n);
          if (!encoded) return;
          expect(encoded.value.length).toBeLessThanOrEqual(2000);
          expect(encoded.action_id).toMatch(actionIds);
          const read = readAction(encoded);
          expect(read).toMatchObject({ campaign, intent: button.does });
          expect(read?.asks?.title).toBe(button.asks?.title);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('words to begin with are left out: they may be long, and newer than the button', () => {
    const asks = { title: 'Edit', label: 'Prompt', value: 'x'.repeat(3000) };
    const encoded = encodeButton({ does: { type: 'edit-prompt', words: '' }, asks }, 'c1', 0);
    expect(encoded && readAction(encoded)).toEqual({
      campaign: 'c1',
      intent: { type: 'edit-prompt', words: '' },
      asks: { title: 'Edit', label: 'Prompt' },
    });
  });

  test.each([
    ['of somebody else', { action_id: 'hello', value: '{}' }],
    ['without a value', { action_id: 'press:0' }],
    ['that is no JSON', { action_id: 'press:0', value: 'generate' }],
    [
      'of an intent nobody knows',
      { action_id: 'press:0', value: '{"campaign":"c1","intent":{"type":"fly"}}' },
    ],
    ['without a campaign', { action_id: 'press:0', value: '{"campaign":"","intent":{"type":"generate"}}' }],
    ['whose id was cut', { action_id: 'choose:{"campaign":"c1"', selected_option: { value: 'logo' } }],
  ])('%s is none', (_, action) => expect(readAction(action)).toBeNull());
});

describe('a menu', () => {
  const menu: Menu = {
    label: 'What it is',
    does: { type: 'set-purpose', reference: 'r1', purpose: 'logo' },
    fills: 'purpose',
    options: [],
    chosen: 'logo',
  };
  const encoded = encodeMenu(menu, 'c1');

  test('what is chosen goes into what is told', () => {
    const read = encoded && readAction({ ...encoded, selected_option: { value: 'style' } });
    expect(read).toEqual({
      campaign: 'c1',
      intent: { type: 'set-purpose', reference: 'r1', purpose: 'style' },
    });
  });

  test.each(['owner', undefined])('%s is no value it could have offered', (value) =>
    expect(encoded && readAction({ ...encoded, selected_option: { value } })).toBeNull(),
  );

  test('there is none where its id would not fit', () => {
    const does = { type: 'set-purpose' as const, reference: 'r'.repeat(300), purpose: 'logo' as const };
    expect(encodeMenu({ ...menu, does }, 'c1')).toBeNull();
  });
});
