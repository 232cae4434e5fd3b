import { Cursor } from '../../src/views/cursor.ts';
import { orderRun } from '../../src/views/fixture.ts';
import { topology } from '../../src/views/topology.ts';
import { measure } from './measure.ts';

const entries = orderRun(6_400);

export const run = () => {
  const cursor = new Cursor(topology);
  let end = entries.length;
  cursor.seek(entries, end);
  return measure(10, () => void cursor.seek(entries, --end));
};
