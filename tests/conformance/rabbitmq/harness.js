// What the recorded scripts are written with. It runs as learner code in the realm and as a module of Node alike.
import amqp from 'amqplib';

/** The words of a script, and what it leaves in `trace`. */
export const stage = (url) => {
  const trace = [];
  const connections = [];
  const deaf = () => undefined;
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  const t = (event, data) => void trace.push(data === undefined ? { event } : { event, data: plain(data) });
  const err = ({ name, constructor, message, code, classId, methodId }) => ({
    name,
    constructor: constructor.name,
    message,
    ...(code === undefined ? {} : { code }),
    ...(classId === undefined ? {} : { classId, methodId }),
  });
  const connect = async () => {
    const connection = await amqp.connect(url);
    connections.push(connection);
    return connection;
  };
  const quiet = async () => {
    const conn = await connect();
    conn.on('error', deaf);
    return conn;
  };
  const heard = (ch) => {
    const events = [];
    ch.on('error', (error) => events.push({ error: err(error) }));
    ch.on('close', () => events.push('close'));
    return events;
  };
  const closed = (ch) => ch.close().catch(deaf);
  const message = ({ fields: { consumerTag: _, ...fields }, properties, content }) => ({
    fields,
    properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)),
    body: content.toString(),
  });

  const open = async (create) => {
    const conn = await quiet();
    const ch = await create(conn);
    ch.on('error', deaf);
    return { conn, ch };
  };
  const x = {
    amqp,
    url,
    t,
    err,
    sleep,
    connect,
    m: message,
    brief: (m) => m && { body: m.content.toString(), tag: m.fields.deliveryTag, redelivered: m.fields.redelivered },
    norm: (value) => value,
    open: () => open((conn) => conn.createChannel()),
    openConfirm: () => open((conn) => conn.createConfirmChannel()),
    settle: async (ch, queue, count) => {
      for (let tries = 0; tries < 100; tries++) {
        if ((await ch.checkQueue(queue)).messageCount >= count) return;
        await sleep(20);
      }
    },
    drain: async (ch, queue) => {
      const got = [];
      for (let m; (m = await ch.get(queue, { noAck: true }));) got.push(message(m));
      t(`drain ${queue}`, got);
    },
    attempt: async (label, work) => {
      try {
        t(label, { ok: await work() });
      } catch (error) {
        t(label, { error: err(error) });
      }
    },
    attemptCh: async (label, work, given) => {
      const ch = await (given ?? (await quiet())).createChannel();
      const channelEvents = heard(ch);
      const outcome = await work(ch).then(
        (ok) => ({ ok }),
        (error) => ({ error: err(error) }),
      );
      await sleep(60);
      t(label, { ...outcome, channelEvents });
      await closed(ch).catch(deaf);
    },
    attemptChEvent: async (label, work, conn) => {
      const ch = await conn.createChannel();
      const channelEvents = heard(ch);
      await work(ch);
      await sleep(100);
      t(label, { channelEvents });
      await closed(ch).catch(deaf);
    },
  };
  const end = async () => {
    for (const connection of connections) await connection.close().catch(deaf);
    await sleep(50);
  };
  return { x, trace, end };
};

export const B = (value) => Buffer.from(String(value));

/** `['c1:a', 'c2:b', 'c1:c']` by what stands before the colon. */
export const by = (got) => {
  const groups = {};
  for (const each of got) {
    const [, name, value] = /^(.*?):(.*)$/s.exec(each);
    (groups[name] ??= []).push(value);
  }
  return groups;
};

/** As it stands in a recording: a Buffer is the text that it holds. */
const plain = (value) =>
  JSON.parse(
    JSON.stringify(value, (_, part) =>
      part?.type === 'Buffer' ? { Buffer: Buffer.from(part.data).toString() } : part,
    ),
  );
