import { NotSimulated } from '../../kernel/notsimulated.ts';
import type { Channel } from './channel.ts';
import type { Fields, Method, MethodName } from './method.ts';
import { refuse } from './refusal.ts';

type Answer = <M extends MethodName>(name: M, fields: Fields<M>) => void;

/**
 * Does what a method asks of a channel and answers it, unless the client wants no answer (`nowait`).
 * @throws Refusal where the server closes the channel or the connection; NotSimulated for methods without behaviour here
 */
export function perform(channel: Channel, { name, fields }: Method, answer: Answer): void {
  switch (name) {
    case 'exchange.declare':
      channel.declareExchange(fields);
      if (!fields.nowait) answer('exchange.declare-ok', {});
      break;
    case 'exchange.delete':
      channel.deleteExchange(fields.exchange, fields.ifUnused);
      if (!fields.nowait) answer('exchange.delete-ok', {});
      break;
    case 'exchange.bind':
      channel.bindExchange(fields.destination, fields.source, fields.routingKey, fields.arguments);
      if (!fields.nowait) answer('exchange.bind-ok', {});
      break;
    case 'exchange.unbind':
      channel.unbindExchange(fields.destination, fields.source, fields.routingKey, fields.arguments);
      if (!fields.nowait) answer('exchange.unbind-ok', {});
      break;
    case 'queue.declare': {
      const { name: queue, ready: messageCount, consumers: consumerCount } = channel.declareQueue(fields);
      if (!fields.nowait) answer('queue.declare-ok', { queue, messageCount, consumerCount });
      break;
    }
    case 'queue.bind':
      channel.bindQueue(fields.queue, fields.exchange, fields.routingKey, fields.arguments);
      if (!fields.nowait) answer('queue.bind-ok', {});
      break;
    case 'queue.unbind':
      channel.unbindQueue(fields.queue, fields.exchange, fields.routingKey, fields.arguments);
      answer('queue.unbind-ok', {});
      break;
    case 'queue.purge': {
      const messageCount = channel.purge(fields.queue);
      if (!fields.nowait) answer('queue.purge-ok', { messageCount });
      break;
    }
    case 'queue.delete': {
      const messageCount = channel.deleteQueue(fields.queue, fields);
      if (!fields.nowait) answer('queue.delete-ok', { messageCount });
      break;
    }
    case 'basic.qos':
      channel.prefetch(fields.prefetchCount, fields.prefetchSize, fields.global);
      answer('basic.qos-ok', {});
      break;
    case 'basic.consume':
      channel.consume(fields, (consumerTag) => {
        if (!fields.nowait) answer('basic.consume-ok', { consumerTag });
      });
      break;
    case 'basic.cancel':
      channel.cancel(fields.consumerTag);
      if (!fields.nowait) answer('basic.cancel-ok', { consumerTag: fields.consumerTag });
      break;
    case 'basic.get':
      if (!channel.get(fields.queue, fields.noAck)) answer('basic.get-empty', { clusterId: '' });
      break;
    case 'basic.ack':
      channel.acknowledge(Number(fields.deliveryTag), fields.multiple);
      break;
    case 'basic.nack':
      channel.negative(Number(fields.deliveryTag), fields.multiple, fields.requeue, 'nack');
      break;
    case 'basic.reject':
      channel.negative(Number(fields.deliveryTag), false, fields.requeue, 'reject');
      break;
    case 'basic.recover':
      channel.recover(fields.requeue, () => answer('basic.recover-ok', {}));
      break;
    case 'basic.recover-async':
      channel.recover(fields.requeue, () => undefined);
      break;
    case 'confirm.select':
      channel.confirmSelect();
      if (!fields.nowait) answer('confirm.select-ok', {});
      break;
    case 'channel.flow':
      if (!fields.active) throw refuse('not-implemented', 'active=false');
      answer('channel.flow-ok', { active: true });
      break;
    case 'tx.select':
    case 'tx.commit':
    case 'tx.rollback':
      throw new NotSimulated(`rabbitmq: ${name}`);
    default:
      throw refuse('command-invalid', `unimplemented method '${name}' on a channel`);
  }
}
