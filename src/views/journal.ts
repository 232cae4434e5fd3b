import type { WorldEntry } from '../brokers/facts.ts';
import { rabbitDetail } from './rabbit.ts';

/** What an entry says beyond its type, node and time: names and data as the code wrote them, in no human language. */
export function detail(entry: WorldEntry): string {
  switch (entry.type) {
    case 'node.started':
      return entry.file;
    case 'node.restarted':
      return `${entry.file} #${entry.incarnation}`;
    case 'node.crashed':
      return entry.because;
    case 'node.failed':
      return `${entry.error.name}: ${entry.error.message}`;
    case 'call.sent':
      return `${entry.to}.${entry.method}(${entry.args.map((arg) => JSON.stringify(arg)).join(', ')})`;
    case 'call.answered':
      return entry.value === undefined ? entry.id : `${entry.id} ${JSON.stringify(entry.value)}`;
    case 'call.failed':
      return `${entry.id} ${entry.error.name}: ${entry.error.message}`;
    case 'fault.struck':
      return `${entry.kind}@${entry.place}${entry.id === undefined ? '' : ` ${entry.id}`}`;
    case 'console.logged':
      return entry.text;
    case 'world.effected':
      return `${entry.kind} ${entry.key} ${JSON.stringify(entry.data)}`;
    case 'bus.subscribed':
      return `${entry.pattern} → ${entry.subscription}`;
    case 'bus.unsubscribed':
      return entry.subscription;
    case 'bus.published':
      return `${entry.event} ${entry.id} ${JSON.stringify(entry.data)}`;
    case 'bus.routed':
      return `${entry.id} → ${entry.to.join(', ') || '∅'}`;
    case 'bus.delivered':
      return `${entry.id} → ${entry.subscription}${entry.attempt > 1 ? ` ↻${entry.attempt}` : ''}`;
    case 'bus.handled':
      return `${entry.id} ${entry.subscription}${entry.error ? ` ${entry.error.name}: ${entry.error.message}` : ''}`;
    case 'bus.settled':
      return `${entry.id} ${entry.subscription} ${entry.outcome}`;
    case 'store.appended':
      return `${entry.stream} ${entry.events.map((event) => `${event.revision}:${event.type}`).join(', ')}`;
    case 'store.rejected':
      return `${entry.stream} ${entry.because}`;
    case 'db.written':
    case 'readModel.written':
      return [
        ...entry.writes.map(({ table, op, key, row }) => `${op} ${table} ${row ? JSON.stringify(row) : key}`),
        ...Object.entries(entry.type === 'db.written' ? {} : (entry.checkpoints ?? {})).map((to) => to.join(' → ')),
      ].join(', ');
    case 'readModel.emptied':
      return '';
    case 'readModel.read':
      return `${entry.table} ${JSON.stringify(entry.where)} → ${JSON.stringify(entry.found)}`;
    default:
      return rabbitDetail(entry);
  }
}

/** How bad an entry is, for colour and for filters: what went wrong, what a fault did, and all the rest. */
export function weight(entry: WorldEntry): 'wrong' | 'fault' | 'plain' {
  switch (entry.type) {
    case 'node.failed':
    case 'call.failed':
    case 'store.rejected':
      return 'wrong';
    case 'bus.handled':
      return entry.error ? 'wrong' : 'plain';
    case 'bus.settled':
      return entry.outcome === 'acked' ? 'plain' : 'wrong';
    case 'rabbit.channelClosed':
    case 'rabbit.disconnected':
      return entry.code === undefined ? 'plain' : 'wrong';
    case 'rabbit.deadLettered':
    case 'rabbit.dropped':
      return 'wrong';
    case 'node.crashed':
    case 'node.restarted':
    case 'rabbit.restarted':
    case 'fault.struck':
      return 'fault';
    default:
      return 'plain';
  }
}

/** The entries in whose type, node or detail every word of `query` occurs, whatever the case; ё counts as е. */
export function filter(entries: readonly WorldEntry[], query: string): readonly WorldEntry[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter((entry) => {
    const text = plain(`${entry.type} ${entry.node} ${detail(entry)}`);
    return words.every((word) => text.includes(word));
  });
}

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е');
