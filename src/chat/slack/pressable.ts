import type { types } from '@slack/bolt';
import type { Intent } from '../../campaign/intent.ts';
import type { Button, Menu } from '../card.ts';
import * as blocks from './blocks.ts';
import { encodeButton, encodeMenu } from './button.ts';
import * as limits from './limits.ts';

/** Tells the buttons of one surface apart. */
export type Counter = () => number;
export const counter = (from: number): Counter => {
  let n = from;
  return () => n++;
};

interface Spoken {
  /** Whom they speak to; null leaves them out. */
  campaign: string | null;
}

export function menuOf(menu: Menu, { campaign }: Spoken): types.StaticSelect[] {
  const packed = campaign && encodeMenu(menu, campaign);
  if (!packed) return [];
  const options = menu.options.slice(0, limits.optionsInSelect).map(({ value, label }) => ({
    text: blocks.plain(label, limits.longestOption),
    value,
  }));
  const initial = options.find(({ value }) => value === menu.chosen);
  return [
    {
      type: 'static_select',
      ...packed,
      placeholder: blocks.plain(menu.label, limits.longestPlaceholder),
      options,
      ...(initial && { initial_option: initial }),
    },
  ];
}

export function buttonOf(
  button: Pick<Button, 'label' | 'style' | 'does' | 'asks'>,
  { campaign }: Spoken,
  number: Counter,
): types.Button[] {
  const packed = campaign && encodeButton(button, campaign, number());
  if (!packed) return [];
  const { label, style, asks } = button;
  const isFinal = style === 'danger' && !asks;
  return [
    {
      type: 'button',
      text: blocks.plain(asks ? `${label} …` : label, limits.longestButton),
      ...packed,
      ...(style !== 'plain' && { style }),
      ...(isFinal && { confirm: confirmed(label, button.does) }),
    },
  ];
}

/** A thumb slips. */
const confirmed = (label: string, does: Intent): types.ConfirmationDialog => ({
  title: blocks.plain(`${label}?`, limits.confirmTitle),
  text: blocks.plain(does.type === 'cancel' ? ending : forGood, limits.confirmText),
  confirm: blocks.plain('Yes', limits.confirmButton),
  deny: blocks.plain('No, go back', limits.confirmButton),
});

const ending = 'This ends the video; what is being made is called back. What is finished stays.';
const forGood = 'This cannot be taken back.';
