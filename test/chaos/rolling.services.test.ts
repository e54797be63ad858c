import { expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../src/journal/postgres.ts';
import { openPeople, type Played } from './campaigns.ts';
import { type House, openHouse } from './house.ts';
import { quiet } from './run.ts';
import { openServices } from './services.ts';
import { verify } from './verify.ts';

/** Milliseconds within which a process has to end when it is asked to. */
const longestGoodbye = 45_000;

test('every process is replaced while people work: nothing is lost, said twice or left unanswered', async () => {
  let house: House | null = null;
  const services = await openServices(() => house?.ports() ?? []);
  onTestFinished(() => services.close());
  house = openHouse(services.environment);
  onTestFinished(() => house?.close(longestGoodbye));
  await house.up();

  const play = openPeople(services, 120_000);
  const played: Played[] = [];
  let over = false;
  const people = Array.from({ length: 2 }, async () => {
    while (!over) {
      const name = `tea-${played.length + 1}`;
      const story = played.length % 3 === 2 ? 'cancel' : 'changes';
      const next: Played = { name, story, channel: '', asked: 0, decided: [], ended: false };
      played.push(next);
      await play(next);
    }
  });
  const took: number[] = [];
  for (const seat of house.seats) took.push(await house.replace(seat));
  over = true;
  await Promise.all(people);

  const journal = await openPostgres({ url: services.database.url, connections: 4 });
  expect(await quiet(journal, services.team.id, 60_000)).toEqual([]);
  const promises = await verify({ ...services, journal, played, resumed: [], output: house.output() });
  await journal.close();
  expect(promises.flatMap(({ broken }) => broken)).toEqual([]);
  expect(Math.max(...took)).toBeLessThan(longestGoodbye);
  expect(house.diedAlone).toEqual([]);
  // Slack had to send nothing a second time, and nobody had to press anything twice.
  expect(played.every(({ asked, ended }) => asked === 1 && ended)).toBe(true);
  const failed = services.slack.deliveries.all.filter(({ tries }) => tries[0]?.status !== 200);
  expect(failed.map(({ name, tries }) => ({ name, tries }))).toEqual([]);
}, 300_000);
