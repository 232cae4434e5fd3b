import { scenario } from 'eda/scenario';

export default scenario((world) => {
  const order = (time: number, userId: string, sku: string, quantity: number, amount: number) =>
    world.at(time).call('order-service', 'createOrder', { userId, sku, quantity, amount });

  order(50, 'anna', 'TEAPOT', 1, 3000);
  world.at(150).start('inventory-service');
  order(250, 'boris', 'CUP', 6, 2400);
  order(450, 'vera', 'SPOON', 12, 1800);
});
