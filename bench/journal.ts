import { contest } from './contest.ts';

export const benchmarks = [
  {
    bench: 'journal',
    case: 'entries from a worker to the page, as lines of JSON, against one array of objects a batch',
    unit: 'entries/s',
    run: () =>
      contest(
        { file: './bench/journal/lines.ts', promises: 'native' },
        { file: './bench/journal/objects.ts', promises: 'native' },
      ),
  },
];
