import { contest } from './contest.ts';

export const benchmarks = [
  {
    bench: 'storm',
    case: 'seeds of 50 orders, one worker, against native promises and a MessageChannel turn',
    unit: 'seeds/s',
    run: () =>
      contest(
        { file: './bench/storm/virtual.ts', promises: 'virtual' },
        { file: './bench/storm/native.ts', promises: 'native' },
      ),
  },
];
