import type { RabbitFact } from '../brokers/rabbitmq/state.ts';
import type { Entry } from '../kernel/journal.ts';

/** What a fact of RabbitMQ says beyond its type, in the words of AMQP and of the learner's own code. */
export function rabbitDetail(entry: Entry<RabbitFact>): string {
  switch (entry.type) {
    case 'rabbit.connected':
      return `${entry.client} ${entry.connection}`;
    case 'rabbit.disconnected':
      return `${entry.client} ${entry.connection} ${entry.because}${entry.code === undefined ? '' : ` ${entry.code} ${entry.text}`}`;
    case 'rabbit.channelOpened':
      return entry.channel;
    case 'rabbit.channelClosed':
      return `${entry.channel}${entry.code === undefined ? '' : ` ${entry.code} ${entry.text}`}`;
    case 'rabbit.exchangeDeclared':
      return `${entry.exchange} ${entry.kind}`;
    case 'rabbit.exchangeDeleted':
      return entry.exchange;
    case 'rabbit.queueDeclared':
    case 'rabbit.queueDeleted':
      return entry.queue;
    case 'rabbit.bound':
    case 'rabbit.unbound':
      return `${entry.source} ${JSON.stringify(entry.routingKey)} → ${entry.destination}`;
    case 'rabbit.prefetched':
      return `${entry.channel} ${entry.count}${entry.global ? ' global' : ''}`;
    case 'rabbit.consuming':
    case 'rabbit.cancelled':
      return `${entry.queue} → ${entry.channel} ${entry.consumer}`;
    case 'rabbit.published': {
      const to = entry.queues.join(', ') || '∅';
      return `${entry.id} ${entry.exchange || '""'} ${JSON.stringify(entry.routingKeys[0])} → ${to} ${entry.body ?? `${entry.size} B`}`;
    }
    case 'rabbit.returned':
      return `${entry.id} → ${entry.channel}`;
    case 'rabbit.confirmed':
      return `${entry.id} ${entry.outcome}`;
    case 'rabbit.delivered':
      return `${entry.id} ${entry.queue} → ${entry.client} ${entry.channel}:${entry.deliveryTag}${entry.redelivered ? ' ↻' : ''}`;
    case 'rabbit.acked':
      return `${entry.id} ${entry.queue} ${entry.channel}:${entry.deliveryTag}`;
    case 'rabbit.requeued':
      return `${entry.id} ${entry.queue} ${entry.because}`;
    case 'rabbit.deadLettered':
      return `${entry.id} ${entry.queue} ${entry.reason} → ${entry.as} ${entry.queues.join(', ') || '∅'}`;
    case 'rabbit.dropped':
      return `${entry.id} ${entry.queue} ${entry.reason}`;
    case 'rabbit.restarted':
      return '';
  }
}
