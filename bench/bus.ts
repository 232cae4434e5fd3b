import { contest, type Side } from './contest.ts';

const side = (name: string): Side => ({ file: `./bench/bus/${name}.ts`, promises: 'virtual' });

export const benchmarks = [
  {
    bench: 'bus',
    case: 'match, deliver, acknowledge, against a plain loop that knows the matches',
    unit: 'deliveries/s',
    run: () => contest(side('bare'), side('loop')),
  },
  {
    bench: 'bus',
    case: 'the same against mitt, for information',
    unit: 'deliveries/s',
    run: () => contest(side('bare'), side('mitt')),
  },
  {
    bench: 'bus',
    case: 'the whole way with clock, pipeline and journal, against smqp',
    unit: 'deliveries/s',
    run: () => contest(side('whole'), side('smqp')),
  },
];
