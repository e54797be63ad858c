import { expect, test } from 'vitest';
import { guildsOf } from './platform-rig.ts';

const mebibytes = (n: number) => n * 1024 * 1024;

/** A server of a boost tier, and what we believe of it; what was asked before is believed no more after `later`. */
async function serverOf(tier: 0 | 2) {
  const { guilds, town, later } = await guildsOf({ tier });
  return {
    ...{ town, guilds, later },
    tells: (n: number) => guilds.tells(town.id, mebibytes(n)),
    limit: async () => (await guilds.limit(town.id)) / mebibytes(1),
  };
}

const day = 24 * 60;

test('what a file may have is the least that was told, and no more than boosts allow', async () => {
  const { limit, tells } = await serverOf(2);
  expect(await limit()).toBe(10);
  await tells(500);
  expect(await limit()).toBe(50);
  await tells(50);
  await tells(500);
  expect(await limit()).toBe(50);
});

test('it shrinks as boosts are lost', async () => {
  const { town, limit, tells, later } = await serverOf(2);
  await tells(50);
  expect(await limit()).toBe(50);
  town.guild.tier = 0;
  later(6);
  expect(await limit()).toBe(20);
  await tells(10);
  expect(await limit()).toBe(10);
});

test('it grows again once nobody has seen less for a day', async () => {
  const { town, limit, tells, later } = await serverOf(0);
  await tells(10);
  town.guild.tier = 2;
  later(2 * 60);
  await tells(10);
  later(day - 60);
  await tells(50);
  expect(await limit()).toBe(10);
  later(60);
  await tells(50);
  expect(await limit()).toBe(50);
});

test('what it refused is believed for a day', async () => {
  const { town, guilds, limit, tells, later } = await serverOf(2);
  await tells(50);
  guilds.refuses(town.id, mebibytes(4));
  expect(await limit()).toBe(4);
  later(day);
  expect(await limit()).toBe(50);
});
