import { kitCalled } from '../../campaign/brand-kit.ts';
import { nobody } from '../../campaign/policy.ts';
import type { Desk } from './desk.ts';
import { type Answer, errors, namingIn } from './forms.ts';
import { kitActions } from './home-kits.ts';
import { managersOnly, notYetKnown, openAtHome, publish, whoSoon } from './home-page.ts';
import type { Press, Submission } from './incoming.ts';
import { faultOfKit, kitForm, readKit } from './kit-form.ts';

/** A press beside a brand kit on the Home tab; false where it is none. */
export async function pressKit(pressed: Press, desk: Desk): Promise<boolean> {
  const id = pressed.actions[0]?.action_id ?? '';
  const behind = (action: string) => (id.startsWith(action) ? id.slice(action.length) : null);
  const [edited, dropped] = [behind(kitActions.edit), behind(kitActions.drop)];
  if (dropped !== null) await dropKit(pressed, dropped, desk);
  else if (edited !== null || id === kitActions.fresh)
    desk.later('form', () => openKit(pressed, edited, desk));
  else return false;
  return true;
}

async function openKit(pressed: Press, id: string | null, desk: Desk): Promise<void> {
  const { team, user } = pressed;
  const [who, { kits, usual }] = await Promise.all([
    desk.who(team, user.id, nobody),
    desk.doors.brands(team),
  ]);
  const kit = id === null ? null : kitCalled(kits, id);
  if (!who.manager) await publish(team, user.id, desk, managersOnly);
  else if (kit === undefined) await publish(team, user.id, desk, 'That brand kit is gone.');
  else await openAtHome(pressed, kitForm(kit, kit !== null && kit.id === usual), desk);
}

async function dropKit({ team, user, trigger_id }: Press, kit: string, desk: Desk): Promise<void> {
  const who = await whoSoon(team, user.id, desk);
  const by = { id: `kit/${trigger_id}`, workspace: team, person: user.id };
  const done = who && (await desk.doors.brand({ ...by, who, intent: { type: 'drop-kit', kit } }));
  desk.later('home', () => publish(team, user.id, desk, done?.answer.title ?? notYetKnown('Remove')));
}

/** A kit that was sent: it is kept once this resolves, or its form says what is wrong. */
export async function saveKit({ team, user, view, trigger_id }: Submission, desk: Desk): Promise<Answer> {
  const intent = readKit(view, namingIn(team), user.id);
  const who = await whoSoon(team, user.id, desk);
  if (!who) return errors({ name: notYetKnown('Save') });
  const id = `kit/${view.id}/${trigger_id ?? view.hash}`;
  const { refusal } = await desk.doors.brand({ id, workspace: team, person: user.id, who, intent });
  if (refusal) return errors(faultOfKit(refusal));
  const logo = intent.logo ? ' The logo is looked at; you hear from me when it is in.' : '';
  desk.later('home', () => publish(team, user.id, desk, `Saved.${logo}`));
  return undefined;
}
