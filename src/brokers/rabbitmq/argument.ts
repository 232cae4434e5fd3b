import { integerOf, isInteger, lookup, printed, sameField, textOf, type Field, type Table } from './field.ts';
import { NotSimulated } from '../../kernel/notsimulated.ts';
import { naming, refuse } from './refusal.ts';

/** What is wrong with an argument, as Erlang prints it; nothing when it is right. */
type Check = (field: Field, all: Table) => string | undefined;

const integer = (field: Field): string | undefined =>
  isInteger(field.type) ? undefined : `"expected integer, got ${field.type}"`;

const atLeastZero: Check = (field) =>
  integer(field) ?? (integerOf(field)! < 0 ? `{value_negative,${field.value as number}}` : undefined);

/** Ten years (`rabbit_misc:check_expiry`): ms. */
export const longestTimer = 315_360_000_000;

const milliseconds: Check = (field) =>
  atLeastZero(field, {}) ?? (integerOf(field)! > longestTimer ? `{value_too_big,${field.value as number}}` : undefined);

const text: Check = ({ type }) => (type === 'longstr' ? undefined : `{unacceptable_type,${type}}`);

/** `rabbit_amqqueue:declare_args/0` of RabbitMQ 4.0. */
const queueArguments: Readonly<Record<string, Check>> = {
  'x-expires': (field) => (integerOf(field) === 0 ? '{value_zero,0}' : milliseconds(field, {})),
  'x-message-ttl': milliseconds,
  'x-dead-letter-routing-key': (field, all) =>
    text(field, all) ?? (lookup(all, 'x-dead-letter-exchange') ? undefined : 'routing_key_but_no_dlx_defined'),
  'x-max-length': atLeastZero,
  'x-max-length-bytes': atLeastZero,
  'x-max-priority': (field) =>
    atLeastZero(field, {}) ?? (integerOf(field)! > 255 ? `{max_value_exceeded,${field.value as number}}` : undefined),
  'x-overflow': (field, all) =>
    text(field, all) ??
    (['drop-head', 'reject-publish', 'reject-publish-dlx'].includes(field.value as string)
      ? undefined
      : 'invalid_overflow'),
  'x-queue-mode': (field, all) =>
    text(field, all) ??
    (['default', 'lazy'].includes(printed(field)) ? undefined : `"unsupported queue mode '${printed(field)}'"`),
  'x-single-active-consumer': ({ type }) => (type === 'bool' ? undefined : `{unacceptable_type,${type}}`),
  'x-queue-type': (field, all) =>
    text(field, all) ??
    (['classic', 'quorum', 'stream'].includes(field.value as string)
      ? undefined
      : `"unsupported queue type '${field.value as string}'"`),
  'x-delivery-limit': integer,
};

/** Arguments that a classic queue has and a quorum queue refuses, in 4.0. */
const classicOnly = ['x-max-priority', 'x-queue-mode'] as const;

/**
 * Checks the arguments with which a queue is declared.
 * @throws Refusal (406) in the words of the server; NotSimulated for streams and what else has no behaviour here
 */
export function checkQueueArguments(
  queue: string,
  args: Table,
  { durable, exclusive, autoDelete }: { durable: boolean; exclusive: boolean; autoDelete: boolean },
): void {
  const name = naming('queue', queue);
  checkName(args, 'x-dead-letter-exchange', name);
  for (const [argument, check] of Object.entries(queueArguments)) {
    const field = lookup(args, argument);
    const wrong = field && check(field, args);
    if (wrong !== undefined) throw refuse('precondition-failed', `invalid arg '${argument}' for ${name}: ${wrong}`);
  }
  const type = textOf(lookup(args, 'x-queue-type'));
  if (type === 'stream') throw new NotSimulated('rabbitmq: streams (x-queue-type=stream)');
  if (lookup(args, 'x-dead-letter-strategy')) throw new NotSimulated('rabbitmq: x-dead-letter-strategy');
  if (type !== 'quorum') return;
  for (const [is, property] of [
    [!durable, 'non-durable'],
    [autoDelete, 'auto-delete'],
    [exclusive, 'exclusive-owner'],
  ] as const)
    if (is) throw refuse('precondition-failed', `invalid property '${property}' for ${name}`);
  for (const argument of classicOnly)
    if (lookup(args, argument))
      throw refuse('precondition-failed', `invalid arg '${argument}' for ${name} of queue type rabbit_quorum_queue`);
}

/** An argument that names an exchange is a text (`rabbit_misc:r_arg`). @throws Refusal (406) */
export function checkName(args: Table, argument: string, what: string): void {
  const field = lookup(args, argument);
  if (field && field.type !== 'longstr')
    throw refuse('precondition-failed', `invalid type '${field.type}' for arg '${argument}' in ${what}`);
}

/** The priority of a consumer of this queue: an integer, 0 where nothing is said. @throws Refusal (406) */
export function priorityOf(args: Table, queue: string): number {
  const field = lookup(args, 'x-priority');
  if (!field) return 0;
  const wrong = integer(field);
  if (wrong !== undefined)
    throw refuse('precondition-failed', `invalid arg 'x-priority' for ${naming('queue', queue)}: ${wrong}`);
  return integerOf(field)!;
}

/** @throws Refusal (406) where a headers binding says `x-match` in a way that nobody understands */
export function checkHeadersBinding(args: Table): void {
  const match = lookup(args, 'x-match');
  if (!match) return;
  if (match.type !== 'longstr')
    throw refuse(
      'precondition-failed',
      `Invalid x-match field type ${match.type} (value ${printed(match)}); expected longstr`,
    );
  if (!['all', 'any', 'all-with-x', 'any-with-x'].includes(match.value))
    throw refuse(
      'precondition-failed',
      `Invalid x-match field value <<"${match.value}">>; expected all, any, all-with-x, or any-with-x`,
    );
}

/**
 * What is declared again must be declared alike (`rabbit_misc:assert_args_equivalence`).
 * @throws Refusal (406) naming the first thing that differs
 */
export function sameProperties(
  what: string,
  asked: Readonly<Record<string, boolean | string>>,
  current: Readonly<Record<string, boolean | string>>,
): void {
  for (const [name, value] of Object.entries(asked))
    if (value !== current[name]) throw inequivalent(what, name, `'${String(value)}'`, `'${String(current[name])}'`);
}

const compared = ['x-dead-letter-exchange', ...Object.keys(queueArguments)];

/** The same for arguments; a queue without a type is a classic one. Other arguments than those of queues may differ. */
export function sameArguments(what: string, asked: Table, current: Table, names = compared): void {
  for (const name of names) {
    const [a, b] = [known(asked, name), known(current, name)];
    if (sameField(a, b)) continue;
    if (a && b) throw inequivalent(what, name, `'${printed(a)}'`, `'${printed(b)}'`);
    throw inequivalent(what, name, written(a), written(b));
  }
}

function known(args: Table, name: string): Field | undefined {
  return lookup(args, name) ?? (name === 'x-queue-type' ? { type: 'longstr', value: 'classic' } : undefined);
}

const written = (field: Field | undefined): string =>
  field ? `the value '${printed(field)}' of type '${field.type}'` : 'none';

const inequivalent = (what: string, name: string, received: string, current: string) =>
  refuse(
    'precondition-failed',
    `inequivalent arg '${name}' for ${what}: received ${received} but current is ${current}`,
  );
