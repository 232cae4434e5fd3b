import { expect, test } from 'vitest';
import { Compiled } from './compiled.testing.ts';

const exportsOf = (source: string) =>
  Object.keys(new Compiled({ 'service.ts': source }).load('service.ts').exports).sort();

test('a file without exports offers its classes and functions, as the article writes them', () => {
  expect(exportsOf(`class OrderService { create() {} }\nasync function publishEvent() {}\nconst hidden = 1;`)).toEqual([
    'OrderService',
    'publishEvent',
  ]);
});

test('a class that the file makes an instance of is its own affair', () => {
  expect(exportsOf(`class OrderService {}\nnew OrderService();`)).toEqual([]);
});

test('a class that asks for something to be made with is offered all the same: streams are folded by it', () => {
  expect(exportsOf(`class Account { constructor(id) {} }\nnew Account('A');`)).toEqual(['Account']);
  expect(exportsOf(`class Account { constructor(id = 'A') {} }\nnew Account();`)).toEqual([]);
});

test('a file that exports something is taken at its word', () => {
  expect(exportsOf(`class Hidden {}\nexport class Shown {}`)).toEqual(['Shown']);
  expect(exportsOf(`class Hidden {}\nmodule.exports = { shown: 1 };`)).toEqual(['shown']);
});

test('declarations without a body are nothing to offer', () => {
  expect(exportsOf(`declare function given(): void;\ndeclare class Given {}\nfunction own() {}`)).toEqual(['own']);
});
