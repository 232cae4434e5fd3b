import { contest } from './contest.ts';

/** A side against the time that it may take: ours and the budget as how often either could be done in a second. */
const within = (milliseconds: number, file: string) => async () => {
  const side = { file, promises: 'native' } as const;
  const { ours, runs } = await contest(side, side);
  return { ours, baseline: 1000 / milliseconds, runs };
};

export const benchmarks = [
  {
    bench: 'draw',
    case: '10,000 moving tokens: find and draw them, against 4 ms a frame',
    unit: 'frames/s',
    run: within(4, './bench/draw/tokens.ts'),
  },
  {
    bench: 'draw',
    case: 'tape of 100,000 entries, full view, against 30 ms',
    unit: 'pictures/s',
    run: within(30, './bench/draw/full.ts'),
  },
  {
    bench: 'draw',
    case: 'tape of 100,000 entries, a tenth of it, against 2 ms',
    unit: 'pictures/s',
    run: within(2, './bench/draw/tenth.ts'),
  },
  {
    bench: 'cursor',
    case: 'one entry back at the end of 100,000, against 50 ms',
    unit: 'jumps/s',
    run: within(50, './bench/draw/back.ts'),
  },
];
