import { scenario } from 'eda/scenario';

export default scenario((world) => {
  let requests = 0;
  const soon = () => world.random() * 4;
  const withdraw = (time: number, teller: 'a' | 'b', account: string, amount: number, request = `r-${++requests}`) => {
    world.at(time).call(`teller-${teller}`, 'withdraw', account, amount, request);
    return request;
  };

  withdraw(100 + soon(), 'a', 'anna', 80);
  withdraw(100 + soon(), 'b', 'anna', 80);

  for (const teller of ['a', 'b', 'a'] as const) withdraw(200 + soon(), teller, 'boris', 40);

  const impatient = withdraw(300, 'a', 'vera', 30);
  withdraw(300 + 2 * soon(), 'b', 'vera', 30, impatient);
  withdraw(301, 'b', 'vera', 20);

  world.at(400).call('teller-b', 'deposit', 'anna', 60, 'd-1');
  withdraw(450 + soon(), 'a', 'anna', 50);
  withdraw(450 + soon(), 'b', 'anna', 50);
  withdraw(550, 'b', 'vera', 30, impatient);
  for (const account of ['anna', 'boris', 'vera']) world.at(700).call('teller-a', 'balanceOf', account);
});
