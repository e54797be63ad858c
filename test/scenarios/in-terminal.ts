import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stage, worded } from '../journeys/stage.ts';
import { dropFolder } from '../support/folder.ts';
import { type Picture, type Platform, type Role, reasons } from './scene.ts';

const manager = (name: string) => ({ name, groups: [], manager: true });
const people = { maya: manager('Ada'), lee: manager('Lee'), max: manager('Max') };
const verdicts = { approve: 'approve', 'request-changes': 'changes', reject: 'reject' } as const;

export const inTerminal: Platform = async (setting) => {
  const it = await stage({ ...setting, people });
  const drawer = await mkdtemp(join(tmpdir(), 'dailies-drawer-'));
  onTestFinished(async () => {
    await it.close();
    await dropFolder(drawer);
  });
  const put = async ({ name, bytes }: Picture): Promise<string> => {
    await writeFile(join(drawer, name), bytes);
    return JSON.stringify(join(drawer, name));
  };
  /** One keyboard: somebody sits down, and Ada sits down again. */
  let turn: Promise<unknown> = Promise.resolve();
  const as = (role: Role, line: string) => {
    const lines = role === 'ada' ? [line] : [`:as ${role}`, line, ':as maya'];
    turn = turn.then(async () => {
      for (const one of lines) await it.type(one);
    });
    return turn as Promise<void>;
  };
  const decide: Awaited<ReturnType<Platform>>['decides'] = (verdict, by) =>
    as(by, `:react ${verdicts[verdict]} ${reasons[verdict]}`);
  return {
    async asks(words, logo) {
      await as('ada', `/video ${words}${logo ? ` --logo ${await put(logo)}` : ''}`);
      await it.until(worded(1));
      await it.idle();
    },
    says: async (words, picture) => as('ada', picture ? `${words} --reference ${await put(picture)}` : words),
    generates: () => as('ada', 'go'),
    wantsStills: () => as('ada', 'show me stills'),
    picksStill: (n) => as('ada', `pick still ${n}`),
    cancels: () => as('ada', 'cancel'),
    decides: decide,
    signs: decide,
    allows: (by) => as(by, ':1'),
    until: async (holds) => void (await it.until(holds)),
    async becomes(holds) {
      await it.until(holds);
      await it.idle();
      return it.until(() => true);
    },
    shown: it.printed,
    paid: async () => (await it.paid()).length,
    journal: it.app.journal,
    workspace: 'w',
  };
};
