import type { WorldEntry } from '../../src/brokers/facts.ts';
import { project } from '../../src/kernel/projection.ts';
import { along, curve } from '../../src/ui/world/layout.ts';
import { drawTokens } from '../../src/ui/world/tokens.ts';
import { flights, inTheAir } from '../../src/views/flights.ts';
import { measure } from './measure.ts';

/** 10,000 events that are all on their way for a long time. */
const count = 10_000;
const entries = Array.from({ length: 2 * count }, (_, seq): WorldEntry => {
  const id = `e-${seq % count}`;
  return seq < count
    ? { seq, time: seq / 100, node: `n-${seq % 8}`, type: 'bus.published', id, event: 'made', data: {} }
    : { seq, time: 50_000 + seq, node: 'bus', type: 'bus.routed', id, to: [] };
});
const state = project(flights, entries);
const way = curve({ x: 100, y: 100 }, { x: 700, y: 500 });
const context = new OffscreenCanvas(1200, 700).getContext('2d') as unknown as CanvasRenderingContext2D;
const ink = { onColor: '#000', panel: '#123', bad: '#f00', font: '600 11px monospace' };
let time = 1_000;

export const run = () =>
  measure(60, () => {
    const tokens = inTheAir(state, (time += 16)).map(({ flight, part }) => ({
      ...along(way, part),
      label: flight.label,
      color: `#${flight.source.slice(2).repeat(3)}`,
      attempt: flight.attempt,
      fate: flight.fate,
    }));
    context.clearRect(0, 0, 1200, 700);
    drawTokens(context, tokens, ink);
  });
