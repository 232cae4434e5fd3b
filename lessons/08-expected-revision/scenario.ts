import { scenario } from 'eda/scenario';

export default scenario((world) => {
  let requests = 0;
  const soon = () => world.random() * 4;
  const withdraw = (time: number, teller: 'a' | 'b', account: string, amount: number, request = `r-${++requests}`) => {
    world.at(time).call(`teller-${teller}`, 'withdraw', account, amount, request);
    return request;
  };

  withdraw(500 + soon(), 'a', 'anna', 80);
  withdraw(500 + soon(), 'b', 'anna', 80);

  for (const teller of ['a', 'b', 'a'] as const) withdraw(2000 + soon(), teller, 'boris', 40);

  const impatient = withdraw(3500, 'a', 'vera', 30);
  withdraw(3500 + 2 * soon(), 'b', 'vera', 30, impatient);
  withdraw(3501, 'b', 'vera', 20);

  world.at(5000).call('teller-b', 'deposit', 'anna', 60, 'd-1');
  withdraw(5500 + soon(), 'a', 'anna', 50);
  withdraw(5500 + soon(), 'b', 'anna', 50);
  withdraw(7000, 'b', 'vera', 30, impatient);
  for (const account of ['anna', 'boris', 'vera']) world.at(8000).call('teller-a', 'balanceOf', account);
});
