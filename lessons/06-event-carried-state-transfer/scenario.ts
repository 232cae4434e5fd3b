import { scenario } from 'eda/scenario';

const anna = { name: 'Anna', email: 'anna@example.com', city: 'Tver' };
const boris = { name: 'Boris', email: 'boris@example.com', city: 'Omsk' };

export default scenario((world) => {
  const save = (time: number, customerId: string, details: object) =>
    world.at(time + world.random() * 15).call('customer-service', 'save', customerId, details);

  save(100, 'anna', { ...anna, street: 'Mira 1' });
  save(200, 'boris', { ...boris, street: 'Lenina 5', note: 'ring twice' });
  save(500, 'anna', { ...anna, street: 'Sadovaya 2' });
  save(515, 'anna', { ...anna, street: 'Sadovaya 2', note: 'third floor' });
  save(530, 'anna', { ...anna, street: 'Lesnaya 30' });
  save(545, 'boris', { ...boris, city: 'Tomsk', street: 'Lenina 8' });

  world.at(900).crash('customer-service');
  world.at(1400).call('shipping-service', 'printLabel', 'ORD-1', 'anna');
  world.at(1600).call('shipping-service', 'printLabel', 'ORD-2', 'boris');
});
