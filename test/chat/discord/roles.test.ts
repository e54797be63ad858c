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

test('of people who are named a manager is told who cannot decide: apps, and who is not there any more', async () => {
  const { town, world, guilds, later } = await guildsOf();
  const lee = town.person('lee', { roles: [town.role('Owners', ['MANAGE_GUILD'])] });
  const [ada, max] = [town.person('ada'), town.person('max')];
  const named = { people: [ada.id, max.id, world.world.bot.id, '1', 'kim'], groups: [] };
  const lookedUp = (person: string) => guilds.who(person, { guild: town.id, channel: '1' }, named);
  const unable = [world.world.bot.id, '1', 'kim'];
  expect(await lookedUp(lee.id)).toMatchObject({ manager: true, unable });
  expect(await lookedUp(ada.id)).not.toHaveProperty('unable');
  town.guild.members.delete(max.id);
  expect(await lookedUp(lee.id)).toMatchObject({ unable });
  later(6);
  expect(await lookedUp(lee.id)).toMatchObject({ unable: [max.id, ...unable] });
});
