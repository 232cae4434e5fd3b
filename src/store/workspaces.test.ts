import { expect, test } from 'vitest';
import { eventsFrom } from './event.fixture.ts';
import { EventKeeper } from './events.ts';
import { beginning } from './head.ts';
import { MemoryRows } from './memory.ts';
import { Workspaces } from './workspaces.ts';

test('what was saved is loaded, and where nothing was there is nothing', async () => {
  const workspaces = new Workspaces(new MemoryRows());
  expect(await workspaces.load('lesson-1')).toBeUndefined();
  expect(await workspaces.save('lesson-1', { 'a.ts': '1' })).toEqual({ revision: 1 });
  expect(await workspaces.save('lesson-1', { 'a.ts': '2', 'b.ts': '' })).toEqual({ revision: 2 });
  expect(await workspaces.load('lesson-1')).toEqual({ 'a.ts': '2', 'b.ts': '' });
});

test('the last of two tabs wins and is handed what it overwrote', async () => {
  const rows = new MemoryRows();
  const [one, other] = [new Workspaces(rows), new Workspaces(rows)];
  await one.save('w', { 'a.ts': 'start' });
  await other.load('w');
  await other.save('w', { 'a.ts': 'theirs' });
  expect(await one.save('w', { 'a.ts': 'mine' })).toEqual({ revision: 3, overwritten: { 'a.ts': 'theirs' } });
  expect(await one.save('w', { 'a.ts': 'mine too' })).toEqual({ revision: 4 });
  expect(await other.load('w')).toEqual({ 'a.ts': 'mine too' });
  expect(await other.save('w', { 'a.ts': 'seen' })).toEqual({ revision: 5 });
});

test('two tabs that wrote the same overwrote nothing', async () => {
  const rows = new MemoryRows();
  await new Workspaces(rows).save('w', { 'a.ts': '1', 'b.ts': '2' });
  expect(await new Workspaces(rows).save('w', { 'b.ts': '2', 'a.ts': '1' })).toEqual({ revision: 2 });
});

test('a workspace has a name of its own, which a save leaves alone', async () => {
  const workspaces = new Workspaces(new MemoryRows());
  await workspaces.save('b', {});
  await workspaces.save('a', {});
  await workspaces.rename('a', 'Моя лавка');
  await workspaces.rename('nowhere', 'x');
  await workspaces.save('a', { 'a.ts': '' });
  expect(await workspaces.list()).toEqual([
    { id: 'a', name: 'Моя лавка', revision: 2 },
    { id: 'b', name: 'b', revision: 1 },
  ]);
});

test('a workspace goes with its events, and its neighbour stays', async () => {
  const rows = new MemoryRows();
  const [workspaces, events] = [new Workspaces(rows), new EventKeeper(rows)];
  for (const id of ['w', 'w2']) {
    await workspaces.save(id, { 'a.ts': '' });
    await events.append(id, beginning, eventsFrom(0, 300));
  }
  await workspaces.remove('w');
  expect((await workspaces.list()).map(({ id }) => id)).toEqual(['w2']);
  expect(await events.load('w')).toMatchObject({ events: [], head: beginning });
  expect((await events.load('w2')).events).toHaveLength(300);
  expect(await workspaces.save('w', {})).toEqual({ revision: 1 });
});
