/** Scripts like the recorded ones, which leave nothing behind: what they show is compared with a real server at the time of the test. */
export const scripts = {
  'headers-all': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertExchange('x.h', 'headers', { durable: false });
    const binds = {
      all: { 'x-match': 'all', a: 1, b: 'x' },
      any: { 'x-match': 'any', a: 1, b: 'x' },
      dflt: { a: 1 },
      void: { 'x-match': 'all', a: null },
      xall: { 'x-match': 'all', 'x-a': 1, a: 1 },
      empty: {},
      anyempty: { 'x-match': 'any' },
      withx: { 'x-match': 'all-with-x', 'x-a': 1 },
      anyx: { 'x-match': 'any-with-x', 'x-a': 1, q: 2 },
      bool: { t: true },
      flt: { f: 1.5 },
      big: { n: 5000000000 },
    };
    for (const n in binds) {
      await ch.assertQueue('h.' + n, { durable: false });
      await ch.bindQueue('h.' + n, 'x.h', '', binds[n]);
    }
    const msgs = {
      m1: { a: 1, b: 'x' },
      m2: { a: 1 },
      m3: { a: '1' },
      m4: { b: 'x' },
      m5: {},
      m6: { 'x-a': 1 },
      m7: { a: true },
      m8: { t: true },
      m9: { f: 1.5 },
      m10: { n: 5000000000 },
      m11: { a: 1.0001 },
      m12: { q: 2 },
      m13: { t: 'true' },
      m14: { a: null },
    };
    for (const k in msgs) ch.publish('x.h', '', B(k), { headers: msgs[k] });
    await ch.waitForConfirms();
    for (const n in binds) {
      const g = [];
      let m;
      while ((m = await ch.get('h.' + n, { noAck: true }))) g.push(m.content.toString());
      x.t(n, g);
      await ch.deleteQueue('h.' + n);
    }
    await ch.deleteExchange('x.h');
  },
  'double-ack': async (x, B) => {
    const { conn, ch } = await x.open();
    await ch.assertQueue('q.da', { durable: false });
    ch.sendToQueue('q.da', B(1));
    ch.sendToQueue('q.da', B(2));
    await x.settle(ch, 'q.da', 2);
    for (const [l, f] of [
      [
        'ack twice',
        async (c) => {
          const m = await c.get('q.da');
          c.ack(m);
          c.ack(m);
        },
      ],
      [
        'nack twice',
        async (c) => {
          const m = await c.get('q.da');
          c.nack(m);
          c.nack(m);
        },
      ],
      ['reject unknown', async (c) => c.reject({ fields: { deliveryTag: 99 } })],
      ['ack unknown multiple', async (c) => c.ack({ fields: { deliveryTag: 99 } }, true)],
      ['ackAll with none', async (c) => c.ackAll()],
      ['nackAll none', async (c) => c.nackAll()],
    ])
      await x.attemptChEvent(l, f, conn);
    await ch.deleteQueue('q.da');
  },
  priority: async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('q.p', { durable: false, maxPriority: 5 });
    for (const [b, p] of [
      ['a', 1],
      ['b', 5],
      ['c', undefined],
      ['d', 9],
      ['e', 5],
      ['f', 0],
      ['g', 3],
    ])
      ch.sendToQueue('q.p', B(b), p === undefined ? {} : { priority: p });
    await ch.waitForConfirms();
    await x.drain(ch, 'q.p');
    await ch.deleteQueue('q.p');
  },
  'prio-maxlen': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('q.pm', { durable: false, maxPriority: 5, maxLength: 2 });
    for (const [b, p] of [
      ['a', 1],
      ['b', 5],
      ['c', 0],
      ['d', 3],
    ])
      ch.sendToQueue('q.pm', B(b), { priority: p });
    await ch.waitForConfirms();
    await x.drain(ch, 'q.pm');
    await ch.deleteQueue('q.pm');
  },
  expires: async (x) => {
    const { conn, ch } = await x.open();
    await ch.assertQueue('q.e', { durable: false, expires: 300 });
    await x.sleep(150);
    x.t('there', await ch.checkQueue('q.e'));
    await x.sleep(200);
    await x.attemptCh('refreshed by check?', (c) => c.checkQueue('q.e'), conn);
    await x.sleep(450);
    await x.attemptCh('gone', (c) => c.checkQueue('q.e'), conn);
    await ch.assertQueue('q.e2', { durable: false, expires: 200 });
    const k = await ch.consume('q.e2', () => {});
    await x.sleep(400);
    await x.attemptCh('with consumer', (c) => c.checkQueue('q.e2'), conn);
    await ch.cancel(k.consumerTag);
    await x.sleep(400);
    await x.attemptCh('after cancel', (c) => c.checkQueue('q.e2'), conn);
  },
  'drop-head-dlx': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('dead.m', { durable: false });
    await ch.assertQueue('q.ml', {
      durable: false,
      maxLength: 2,
      deadLetterExchange: '',
      deadLetterRoutingKey: 'dead.m',
    });
    for (let i = 1; i <= 4; i++) ch.sendToQueue('q.ml', B(i));
    await ch.waitForConfirms();
    await x.settle(ch, 'dead.m', 2);
    await x.drain(ch, 'q.ml');
    const g = [];
    let m;
    while ((m = await ch.get('dead.m', { noAck: true })))
      g.push([m.content.toString(), m.properties.headers['x-first-death-reason']]);
    x.t('dead', g);
    await ch.deleteQueue('q.ml');
    await ch.deleteQueue('dead.m');
  },
  'maxlen-bytes': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('q.mb', { durable: false, arguments: { 'x-max-length-bytes': 10 } });
    for (const b of ['aaaa', 'bbbb', 'cccc', 'dd']) ch.sendToQueue('q.mb', B(b));
    await ch.waitForConfirms();
    await x.drain(ch, 'q.mb');
    await ch.deleteQueue('q.mb');
  },
  'reject-publish-dlx': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('dead.r', { durable: false });
    await ch.assertQueue('q.rp', {
      durable: false,
      maxLength: 1,
      deadLetterExchange: '',
      deadLetterRoutingKey: 'dead.r',
      arguments: { 'x-overflow': 'reject-publish-dlx' },
    });
    for (let i = 1; i <= 3; i++)
      await new Promise((r) =>
        ch.sendToQueue('q.rp', B(i), {}, (e) => {
          x.t('c' + i, { e: e && e.message });
          r();
        }),
      );
    await x.sleep(60);
    await x.drain(ch, 'q.rp');
    const g = [];
    let m;
    while ((m = await ch.get('dead.r', { noAck: true })))
      g.push([
        m.content.toString(),
        m.properties.headers['x-first-death-reason'],
        m.properties.headers['x-death'][0]['routing-keys'],
        m.fields,
      ]);
    x.t('dead', g);
    await ch.deleteQueue('q.rp');
    await ch.deleteQueue('dead.r');
  },
  'ttl-head': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('q.th', { durable: false });
    ch.sendToQueue('q.th', B('long'), { expiration: '5000' });
    ch.sendToQueue('q.th', B('short'), { expiration: '50' });
    await ch.waitForConfirms();
    await x.sleep(150);
    x.t('both still there', await ch.checkQueue('q.th'));
    const m = await ch.get('q.th');
    x.t('head', x.brief(m));
    x.t('next', await ch.get('q.th'));
    ch.nack(m);
    await x.sleep(30);
    x.t('back', await ch.checkQueue('q.th'));
    await ch.deleteQueue('q.th');
  },
  'ttl-requeue': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('q.tr', { durable: false, messageTtl: 200 });
    ch.sendToQueue('q.tr', B(1));
    await ch.waitForConfirms();
    const m = await ch.get('q.tr');
    await x.sleep(300);
    x.t('unacked lives', await ch.checkQueue('q.tr'));
    ch.nack(m);
    await x.sleep(50);
    x.t('requeued expires at once', await ch.checkQueue('q.tr'));
    await ch.deleteQueue('q.tr');
  },
  'dlx-chain': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('q.c1', { durable: false, deadLetterExchange: '', deadLetterRoutingKey: 'q.c2' });
    await ch.assertQueue('q.c2', {
      durable: false,
      messageTtl: 50,
      deadLetterExchange: '',
      deadLetterRoutingKey: 'q.c1',
    });
    ch.sendToQueue('q.c1', B('r'), { headers: { z: 1 } });
    await ch.waitForConfirms();
    for (let i = 0; i < 3; i++) {
      let m;
      for (let k = 0; k < 20 && !(m = await ch.get('q.c1')); k++) await x.sleep(30);
      x.t('round ' + i, {
        h: (m.properties.headers['x-death'] || []).map((d) => [
          d.queue,
          d.reason,
          d.count,
          d.exchange,
          d['routing-keys'],
        ]),
        f: m.properties.headers['x-first-death-queue'],
        r: m.fields,
      });
      ch.nack(m, false, false);
    }
    await x.sleep(20);
    await ch.deleteQueue('q.c1');
    await ch.deleteQueue('q.c2');
  },
  'dlx-cc': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertExchange('x.dc', 'direct', { durable: false });
    await ch.assertExchange('x.dd', 'fanout', { durable: false });
    await ch.assertQueue('dead.cc', { durable: false });
    await ch.bindQueue('dead.cc', 'x.dd', '');
    await ch.assertQueue('q.cc', { durable: false, deadLetterExchange: 'x.dd' });
    await ch.bindQueue('q.cc', 'x.dc', 'b');
    ch.publish('x.dc', 'a', B('m'), { CC: ['b', 'c'], BCC: ['d'] });
    await ch.waitForConfirms();
    const m = await ch.get('q.cc');
    x.t('m', x.m(m));
    ch.reject(m, false);
    await x.settle(ch, 'dead.cc', 1);
    const d = await ch.get('dead.cc', { noAck: true });
    x.t('dead', { f: d.fields, cc: d.properties.headers.CC, keys: d.properties.headers['x-death'][0]['routing-keys'] });
    for (const q of ['dead.cc', 'q.cc']) await ch.deleteQueue(q);
    await ch.deleteExchange('x.dc');
    await ch.deleteExchange('x.dd');
  },
  'mandatory-order': async (x, B) => {
    const { ch } = await x.openConfirm();
    const ev = [];
    ch.on('return', (r) =>
      ev.push('return ' + r.fields.replyCode + ' ' + r.fields.replyText + ' ' + r.fields.routingKey),
    );
    for (let i = 0; i < 3; i++)
      ch.publish('', 'nobody' + i, B('x'), { mandatory: true }, (e) => ev.push('confirm ' + i + ' ' + e));
    await ch.waitForConfirms();
    await x.sleep(30);
    x.t('ev', ev);
  },
  'delete-conditions': async (x, B) => {
    const { conn, ch } = await x.open();
    await ch.assertQueue('q.dc', { durable: false });
    await ch.assertExchange('x.dc2', 'fanout', { durable: false });
    await ch.bindQueue('q.dc', 'x.dc2', '');
    ch.sendToQueue('q.dc', B(1));
    await x.settle(ch, 'q.dc', 1);
    await x.attemptCh('ifEmpty', (c) => c.deleteQueue('q.dc', { ifEmpty: true }), conn);
    await x.attemptCh('x ifUnused', (c) => c.deleteExchange('x.dc2', { ifUnused: true }), conn);
    const c = await conn.createChannel();
    await c.consume('q.dc', () => {});
    await x.attemptCh('ifUnused', (c) => c.deleteQueue('q.dc', { ifUnused: true }), conn);
    x.t('delete', await ch.deleteQueue('q.dc'));
    await ch.deleteExchange('x.dc2');
  },
  'internal-exchange': async (x, B) => {
    const { conn, ch } = await x.open();
    await ch.assertExchange('x.int', 'fanout', { durable: false, internal: true });
    await x.attemptChEvent(
      'publish',
      async (c) => {
        c.publish('x.int', '', B(1));
      },
      conn,
    );
    await ch.deleteExchange('x.int');
  },
  'last-queue': async (x, B) => {
    const { conn, ch } = await x.open();
    const q = await ch.assertQueue('', { durable: false, autoDelete: true });
    x.t('name', q.queue.length);
    x.t('shape', /^amq\.gen-[\w-]{22}$/.test(q.queue));
    await x.attemptCh('no last', (c) => c.consume('', () => {}), conn);
    await x.attemptCh('no last get', (c) => c.get(''), conn);
    await ch.bindQueue('', 'amq.direct', 'kk');
    ch.publish('amq.direct', 'kk', B('hi'));
    await x.sleep(50);
    const m = await ch.get('');
    x.t('got', m.content.toString());
  },
  'sac-unacked': async (x, B) => {
    const { conn, ch } = await x.open();
    await ch.assertQueue('q.sac2', { durable: false, arguments: { 'x-single-active-consumer': true } });
    const got = [];
    const a = await conn.createChannel();
    const b = await conn.createChannel();
    await a.prefetch(1);
    await a.consume('q.sac2', (m) => m && got.push('a' + m.content), { consumerTag: 'a' });
    await b.consume('q.sac2', (m) => m && got.push('b' + m.content), { consumerTag: 'b' });
    for (let i = 0; i < 3; i++) ch.sendToQueue('q.sac2', B(i));
    await x.sleep(80);
    x.t('got', [...got]);
    await a.cancel('a');
    await x.sleep(80);
    x.t('after', got);
    await ch.deleteQueue('q.sac2');
  },
  'bad-args-2': async (x) => {
    for (const [k, v] of [
      ['x-expires', -5],
      ['x-expires', 'x'],
      ['x-message-ttl', 1.5],
      ['x-message-ttl', 99999999999],
      ['x-max-priority', -1],
      ['x-max-priority', '5'],
      ['x-dead-letter-exchange', 5],
      ['x-overflow', 5],
      ['x-queue-mode', 'odd'],
      ['x-max-length', '5'],
      ['x-max-length-bytes', -3],
      ['x-queue-type', 5],
      ['x-max-priority', 0],
      ['x-single-active-consumer', true],
    ])
      await x.attemptCh(k + '=' + JSON.stringify(v), (c) =>
        c.assertQueue('q.b2', { durable: false, autoDelete: true, arguments: { [k]: v } }).then(async (r) => {
          await c.deleteQueue('q.b2');
          return r;
        }),
      );
  },
  'bad-expiration-2': async (x, B) => {
    const { conn, ch } = await x.open();
    await ch.assertQueue('q.be', { durable: false });
    for (const e of ['1.5', '12abc', '', '99999999999', ' 5', '+5'])
      await x.attemptChEvent(
        'exp ' + e,
        async (c) => {
          c.sendToQueue('q.be', B(1), { expiration: e });
        },
        conn,
      );
    await ch.deleteQueue('q.be');
  },
  'bad-cc': async (x, B) => {
    const { conn } = await x.open();
    for (const [k, v] of [
      ['CC', 'str'],
      ['BCC', 5],
      ['CC', [5]],
    ])
      await x.attemptChEvent(
        k,
        async (c) => {
          c.publish('amq.direct', 'z', B(1), { headers: { [k]: v } });
        },
        conn,
      );
  },
  'alternate-mismatch': async (x) => {
    const { conn, ch } = await x.open();
    await ch.assertExchange('x.am', 'direct', { durable: false, alternateExchange: 'ae1' });
    await x.attemptCh(
      'other',
      (c) => c.assertExchange('x.am', 'direct', { durable: false, alternateExchange: 'ae2' }),
      conn,
    );
    await x.attemptCh('none', (c) => c.assertExchange('x.am', 'direct', { durable: false }), conn);
    await ch.deleteExchange('x.am');
  },
  'args-mismatch': async (x) => {
    const { conn, ch } = await x.open();
    await ch.assertQueue('q.am', { durable: false, messageTtl: 1000, deadLetterExchange: 'd' });
    for (const a of [
      { messageTtl: 2000, deadLetterExchange: 'd' },
      { deadLetterExchange: 'd' },
      { messageTtl: 1000 },
      { messageTtl: 1000, deadLetterExchange: 'd', maxLength: 1 },
      { messageTtl: 1000, deadLetterExchange: 'd', arguments: { foo: 1 } },
    ])
      await x.attemptCh(JSON.stringify(a), (c) => c.assertQueue('q.am', { durable: false, ...a }), conn);
    await ch.deleteQueue('q.am');
  },
  'auto-delete-exchange-by-queue': async (x) => {
    const { conn, ch } = await x.open();
    await ch.assertExchange('x.a1', 'fanout', { durable: false, autoDelete: true });
    await ch.assertExchange('x.a2', 'fanout', { durable: false, autoDelete: true });
    await ch.bindExchange('x.a2', 'x.a1', '');
    await ch.assertQueue('q.a1', { durable: false });
    await ch.bindQueue('q.a1', 'x.a2', '');
    await ch.deleteQueue('q.a1');
    await x.attemptCh('x.a2', (c) => c.checkExchange('x.a2'), conn);
    await x.attemptCh('x.a1', (c) => c.checkExchange('x.a1'), conn);
  },
  'requeue-order-channel-close': async (x, B) => {
    const { conn, ch } = await x.open();
    await ch.assertQueue('q.ro', { durable: false });
    for (let i = 1; i <= 5; i++) ch.sendToQueue('q.ro', B(i));
    await x.settle(ch, 'q.ro', 5);
    const c = await conn.createChannel();
    for (let i = 0; i < 3; i++) await c.get('q.ro');
    await c.close();
    await x.sleep(50);
    await x.drain(ch, 'q.ro');
    await ch.deleteQueue('q.ro');
  },
  'reply-check': async (x) => {
    const { conn } = await x.open();
    await x.attemptCh('check reply-to', (c) => c.checkQueue('amq.rabbitmq.reply-to'), conn);
    await x.attemptCh('check unknown', (c) => c.checkQueue('amq.rabbitmq.reply-to.xyz'), conn);
    await x.attemptCh(
      'consume twice',
      async (c) => {
        await c.consume('amq.rabbitmq.reply-to', () => {}, { noAck: true });
        return c.consume('amq.rabbitmq.reply-to', () => {}, { noAck: true }).then(() => 'ok');
      },
      conn,
    );
  },
  'server-named-passive': async (x) => {
    const { conn } = await x.open();
    await x.attemptCh(
      'long name',
      (c) => c.assertQueue('n'.repeat(255), { durable: false, autoDelete: true }).then((r) => c.deleteQueue(r.queue)),
      conn,
    );
    await x.attemptCh('empty exchange declare', (c) => c.assertExchange('', 'direct'), conn);
    await x.attemptCh('check default exchange', (c) => c.checkExchange(''), conn);
    await x.attemptCh('bind exchange to default', (c) => c.bindExchange('', 'amq.fanout', ''), conn);
    await x.attemptCh('unbind missing queue', (c) => c.unbindQueue('nopenope', 'amq.direct', ''), conn);
    await x.attemptCh('unbindExchange missing', (c) => c.unbindExchange('nopenope', 'amq.direct', ''), conn);
    await x.attemptCh(
      'bind dup priority bad',
      (c) => c.consume('nopenope', () => {}, { arguments: { 'x-priority': 'hi' } }),
      conn,
    );
  },
  'consumer-priority-bad': async (x) => {
    const { conn, ch } = await x.open();
    await ch.assertQueue('q.cb', { durable: false });
    await x.attemptCh('bad prio', (c) => c.consume('q.cb', () => {}, { arguments: { 'x-priority': 'hi' } }), conn);
    await ch.deleteQueue('q.cb');
  },
  'nack-multiple-noreq': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertQueue('dead.n', { durable: false });
    await ch.assertQueue('q.n', { durable: false, deadLetterExchange: '', deadLetterRoutingKey: 'dead.n' });
    for (let i = 0; i < 4; i++) ch.sendToQueue('q.n', B(i));
    await ch.waitForConfirms();
    let last;
    for (let i = 0; i < 3; i++) last = await ch.get('q.n');
    ch.nack(last, true, false);
    await x.settle(ch, 'dead.n', 3);
    const g = [];
    let m;
    while ((m = await ch.get('dead.n', { noAck: true }))) g.push(m.content.toString());
    x.t('dead', g);
    await ch.deleteQueue('q.n');
    await ch.deleteQueue('dead.n');
  },
  'purge-and-consumers': async (x, B) => {
    const { ch } = await x.open();
    await ch.assertQueue('q.pu', { durable: false });
    for (let i = 0; i < 5; i++) ch.sendToQueue('q.pu', B(i));
    await x.settle(ch, 'q.pu', 5);
    const m = await ch.get('q.pu');
    x.t('purge', await ch.purgeQueue('q.pu'));
    ch.nack(m);
    await x.sleep(40);
    x.t('left', await ch.checkQueue('q.pu'));
    await ch.deleteQueue('q.pu');
  },
  'topic-edge': async (x, B) => {
    const { ch } = await x.openConfirm();
    await ch.assertExchange('x.te', 'topic', { durable: false });
    const ps = ['#', '*', '#.#', 'a.#', '#.b', '*.#.*', 'a..b', '', 'a.*.#.b'];
    for (const [i, p] of ps.entries()) {
      await ch.assertQueue('te' + i, { durable: false });
      await ch.bindQueue('te' + i, 'x.te', p);
    }
    for (const k of ['', 'a', 'a.b', 'a.c.b', 'a..b', '.', 'b', 'a.c.d.b']) ch.publish('x.te', k, B(k));
    await ch.waitForConfirms();
    for (const [i, p] of ps.entries()) {
      const g = [];
      let m;
      while ((m = await ch.get('te' + i, { noAck: true }))) g.push(m.content.toString());
      x.t(p, g);
      await ch.deleteQueue('te' + i);
    }
    await ch.deleteExchange('x.te');
  },
};
