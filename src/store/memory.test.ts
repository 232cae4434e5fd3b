import { MemoryRows } from './memory.ts';
import { describeRows } from './rows.contract.ts';

describeRows('memory', () => Promise.resolve(new MemoryRows()));
