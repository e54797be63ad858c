import { nobody } from '../../campaign/policy.ts';
import { refuse } from '../../campaign/refusal.ts';
import { beingForgotten } from '../compose-home.ts';
import type { Desk } from './desk.ts';
import { type Answer, choseInVain, errors, type Forms, groupsSoon, namingIn, newBrief } from './forms.ts';
import { homeActions, isHomeAction } from './home.ts';
import { managersOnly, notYetKnown, openAtHome, publish, whoSoon } from './home-page.ts';
import type { HomeEvent, Press, Submission } from './incoming.ts';
import { pressKit } from './kits-at-home.ts';
import { faultOfSettings, readSettings, settingsForm } from './settings-form.ts';

/** Somebody looks at the Home tab: it is made for them, now. */
export async function openHome({ team, event }: HomeEvent, desk: Desk & Forms): Promise<void> {
  if (event.tab !== 'messages') desk.later('home', () => publish(team, event.user, desk));
}

/** A press on the Home tab; false where it is none. */
export async function pressAtHome(pressed: Press, desk: Desk & Forms): Promise<boolean> {
  const [action] = pressed.actions;
  const { team, user, trigger_id } = pressed;
  switch (action?.action_id) {
    case homeActions.brief:
      desk.later('form', async () => openAtHome(pressed, await newBrief(team, desk), desk));
      return true;
    case homeActions.settings:
      desk.later('form', () => openSettings(pressed, desk));
      return true;
    case homeActions.forget: {
      const id = `forget/${trigger_id}`;
      await desk.doors.forget({ id, workspace: team, person: user.id });
      desk.later('home', () => publish(team, user.id, desk, beingForgotten));
      return true;
    }
    default:
      if (await pressKit(pressed, desk)) return true;
      if (!isHomeAction(action?.action_id ?? '')) return false;
      desk.later('home', () => publish(team, user.id, desk, renewed));
      return true;
  }
}

const renewed = 'This page was made by another version of me. Here is a fresh one; please press once more.';
async function openSettings(pressed: Press, desk: Desk & Forms): Promise<void> {
  const { team, user } = pressed;
  const [{ policy, who }, groups] = await Promise.all([
    desk.doors.home({ workspace: team, person: user.id, who: () => desk.who(team, user.id, nobody) }),
    groupsSoon(team, desk),
  ]);
  if (who.manager) await openAtHome(pressed, settingsForm(policy, groups), desk);
  else await publish(team, user.id, desk, managersOnly);
}

/** Settings that were sent: they hold once this resolves, or their form says what is wrong. */
export async function saveSettings(
  { team, user, view, trigger_id }: Submission,
  desk: Desk & Forms,
): Promise<Answer> {
  const read = readSettings(view, namingIn(team));
  if ('faults' in read) return errors(read.faults);
  const { change } = read;
  const [who, isVain] = await Promise.all([
    whoSoon(team, user.id, desk),
    choseInVain(team, change.approvers?.people ?? [], desk),
  ]);
  if (!who) return errors({ people: notYetKnown('Save') });
  if (isVain && who.manager) return errors(faultOfSettings(refuse('approvers-unable')));
  const id = `settings/${view.id}/${trigger_id ?? view.hash}`;
  const refusal = await desk.doors.manage({ id, workspace: team, person: user.id, who, change });
  if (refusal) return errors(faultOfSettings(refusal));
  desk.later('home', () => publish(team, user.id, desk, 'Saved.'));
  return undefined;
}
