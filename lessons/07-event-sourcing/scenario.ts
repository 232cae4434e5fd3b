import { scenario } from 'eda/scenario';

const amounts = [10, 20, 50, 80, 100, -50, 0, 1.5];

export default scenario((world) => {
  const pick = <T>(list: readonly T[]) => list[Math.floor(world.random() * list.length)];
  const ask = (time: number, method: string, ...args: unknown[]) =>
    world.at(time).call('account-service', method, ...args);

  ask(100, 'deposit', 'anna', 100);
  ask(150, 'withdraw', 'anna', 100);
  ask(200, 'deposit', 'boris', 50);
  for (let time = 250; time < 1600; time += 50) {
    if (time === 850) world.at(time).crash('account-service').restart('account-service');
    const account = pick(['anna', 'boris']);
    if (world.random() < 0.3) ask(time, 'getAccount', account);
    else ask(time, pick(['deposit', 'withdraw']), account, pick(amounts));
  }
  for (const account of ['anna', 'boris', 'old', 'odd']) ask(1700, 'getAccount', account);
});
