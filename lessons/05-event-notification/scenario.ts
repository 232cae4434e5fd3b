import { scenario } from 'eda/scenario';

const names = ['Anna', 'Boris', 'Vera', 'Gleb', 'Daria', 'Egor'];

export default scenario((world) => {
  names.forEach((name, i) => {
    const userId = name.toLowerCase();
    const time = 200 + 1500 * i;
    world.at(time).call('user-service', 'register', userId, name);
    if (i % 3 === 1) world.at(time + 1 + world.random() * 20).call('user-service', 'remove', userId);
    else world.at(time + world.random() * 1400).call('user-service', 'rename', userId, `${name} the Great`);
  });
});
