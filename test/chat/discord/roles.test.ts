import { expect, test } from 'vitest';
import { guildsOf } from './platform-rig.ts';

test('of a role that was deleted nobody can be known, of one made a moment ago everybody is', async () => {
  const { town, guilds, later } = await guildsOf();
  const [leads, owners] = [town.role('Brand leads'), town.role('Owners', ['MANAGE_GUILD'])];
  const lee = town.person('lee', { roles: [owners] });
  const lookedUp = (...roles: string[]) =>
    guilds.who(lee.id, { guild: town.id, channel: '1' }, { people: [], groups: roles });
  expect(await lookedUp(leads.id)).toEqual({ name: 'lee', groups: [owners.id, town.id], manager: true });
  const late = town.role('Made since');
  expect(await lookedUp(late.id)).not.toHaveProperty('unread');
  town.guild.roles.delete(leads.id);
  later(6);
  expect(await lookedUp(leads.id, late.id, town.id)).toMatchObject({ manager: true, unread: [leads.id] });
});
