import { of } from 'rxjs';
import type { WorldEntry } from '../../brokers/facts.ts';
import { Session } from '../workbench/session.svelte.ts';
import { Kept } from '../workbench/kept.svelte.ts';
import { Workspace } from '../workbench/workspace.svelte.ts';
import { beginning } from '../sandbox/beginning.ts';
import journal from './demonstration.ndjson?raw';

const names = {
  'order-service': { ru: 'Заказы', en: 'Orders' },
  'payment-service': { ru: 'Платежи', en: 'Payments' },
  'inventory-service': { ru: 'Склад', en: 'Inventory' },
  'mail-service': { ru: 'Письма', en: 'Mail' },
};

/**
 * What the sandbox begins with, recorded: `lab run DIR --seed 6 --faults
 * delay:60-220,duplicate@bus:0.1,crash@mail-service:before-ack#3`. It is shown by the same views as a live run.
 */
export function demonstration(): Session {
  const entries = journal
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as WorldEntry);
  const workspace = new Workspace('demonstration', beginning, {});
  const session = new Session({ workspace, names, until: 0, kept: new Kept('demonstration') });
  const time = entries.at(-1)!.time;
  session.recording.load(
    {
      entries$: of(entries),
      state$: of({ phase: 'ended', time, because: 'rest' }),
      inputs$: of(),
      grant: () => undefined,
      input: () => undefined,
      stop: () => undefined,
    },
    [],
  );
  return session;
}
