'use strict';

/** As much of Node's `assert` as client libraries ask for: a broken assumption is thrown. It is called, so it is no ES module. */
function assert(value, message = 'The expression evaluated to a falsy value') {
  if (!value) throw new Error(message);
}

assert.equal = (a, b, message = `${a} == ${b}`) => assert(Object.is(a, b), message);

module.exports = assert;
