export { balanceOf, deposit, withdraw } from './lib/account.ts';
