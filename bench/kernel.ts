import { contest } from './contest.ts';

export const benchmarks = [
  {
    bench: 'kernel',
    case: 'timers with one await each, against native promises and a MessageChannel turn',
    unit: 'tasks/s',
    run: () =>
      contest(
        { file: './bench/kernel/virtual.ts', promises: 'virtual' },
        { file: './bench/kernel/native.ts', promises: 'native' },
      ),
  },
];
