import { describeEventKeeper } from './events.contract.ts';
import { MemoryRows } from './memory.ts';

describeEventKeeper('memory', () => Promise.resolve(new MemoryRows()));
