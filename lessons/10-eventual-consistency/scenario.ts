import { scenario } from 'eda/scenario';

export default scenario((world) => {
  const create = (time: number, user: string, amount: number) =>
    world.at(time).call('storefront', 'createOrder', user, amount);
  const look = (time: number, user: string) => world.at(time).call('storefront', 'myOrders', user);

  create(100, 'anna', 300);
  look(150, 'anna');
  look(1200, 'anna');
  create(2000, 'boris', 5000);
  look(2100, 'boris');
  create(3000, 'anna', 700);
  for (let time = 3100; time < 9000; time += 400 + world.random() * 300)
    look(time, world.random() < 0.5 ? 'anna' : 'boris');

  world.at(5000).call('orders-view-2', 'hold', 6000);
  create(6000, 'anna', 200);
  look(6100, 'anna');
  look(6200, 'anna');

  for (const user of ['anna', 'boris']) look(20000, user).call('storefront', 'myOrders', user);
});
