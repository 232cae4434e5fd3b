import type { MarkKind, Picture } from '../../views/tape.ts';
import type { Colors } from '../workbench/canvas.svelte.ts';

/** Where the lanes lie, in CSS pixels. */
export interface Lanes {
  readonly top: number;
  readonly height: number;
  readonly index: ReadonlyMap<string, number>;
}

/** The middle of a node's lane; far above the picture for who has none. */
export const laneY = ({ top, height, index }: Lanes, node: string): number =>
  top + (index.get(node) ?? -1_000) * height + height / 2;

const bad: ReadonlySet<MarkKind> = new Set(['crash', 'failure', 'refusal']);

/** Draws a picture of the tape: lines under bars under marks. `colorOf` gives a node's CSS variable. */
export function drawTape(
  context: CanvasRenderingContext2D,
  { lines, bars, marks }: Picture,
  lanes: Lanes,
  colorOf: (node: string) => string,
  colors: Colors,
): void {
  context.lineWidth = 1.3;
  // One path for each look: strokes are what a long tape costs.
  const between = lines.filter(({ flight }) => lanes.index.has(flight.from) && lanes.index.has(flight.to));
  const looks = Map.groupBy(between, ({ flight: { fate, source } }) =>
    fate === 'first' ? colorOf(source) : fate === 'copy' ? '--accent' : '--bad',
  );
  for (const [color, group] of looks) {
    context.strokeStyle = colors(color);
    context.globalAlpha = 0.8;
    context.setLineDash(color === '--accent' || color === '--bad' ? [3, 3] : []);
    context.beginPath();
    for (const { x, end, flight } of group) {
      const [from, to] = [laneY(lanes, flight.from), laneY(lanes, flight.to)];
      context.moveTo(x, from);
      if (flight.fate === 'lost') {
        const [cx, cy] = [(x + end) / 2 + 6, (from + to) / 2];
        context.lineTo(cx, cy);
        context.moveTo(cx - 4, cy - 4);
        context.lineTo(cx + 4, cy + 4);
        context.moveTo(cx + 4, cy - 4);
        context.lineTo(cx - 4, cy + 4);
      } else context.lineTo(end, to);
    }
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;

  const thickness = Math.min(12, lanes.height - 6);
  for (const [color, group] of Map.groupBy(bars, ({ bar }) => (bar.failed ? '--bad' : colorOf(bar.lane)))) {
    context.fillStyle = colors(color);
    context.beginPath();
    for (const { x, width, bar } of group) {
      const y = laneY(lanes, bar.lane) - thickness / 2;
      if (width < 4) context.rect(x, y, width, thickness);
      else context.roundRect(x, y, width, thickness, Math.min(3, width / 2));
    }
    context.fill();
  }

  const size = marks.length > crowd ? 'small' : 'full';
  for (const [kind, ofKind] of Map.groupBy(marks, ({ mark }) => mark.kind)) {
    const byColor = Map.groupBy(ofKind, ({ mark: { lane } }) =>
      bad.has(kind) ? '--bad' : kind === 'fault' ? '--accent' : colorOf(lane),
    );
    for (const [color, group] of byColor) {
      context.fillStyle = context.strokeStyle = colors(color);
      context.lineWidth = bad.has(kind) ? 2.2 : 1.6;
      context.beginPath();
      for (const { x, mark } of group) trace(context, kind, size, x, laneY(lanes, mark.lane));
      if (outlined.has(kind)) context.stroke();
      else context.fill();
    }
  }
}

/** From so many on, marks are small: nobody tells their shapes apart at that scale. */
const crowd = 1_500;
const outlined: ReadonlySet<MarkKind> = new Set(['call', 'restart', 'crash', 'failure', 'refusal']);

/** Each kind has its own shape: colour alone says nothing. */
function trace(context: CanvasRenderingContext2D, kind: MarkKind, size: 'small' | 'full', x: number, y: number): void {
  switch (kind) {
    case 'publish':
      if (size === 'small') return context.rect(x - 1.5, y - 4, 3, 8);
      context.moveTo(x + 4.5, y);
      return context.arc(x, y, 4.5, 0, 7);
    case 'append':
      return context.rect(x - 3, y + 6, 6, 3);
    case 'call':
    case 'restart':
      context.moveTo(x + 4.5, y);
      return context.arc(x, y, 4.5, 0, 7);
    case 'effect':
      if (size === 'small') return context.rect(x - 1, y - 9, 2, 3);
      context.moveTo(x, y - 12);
      context.lineTo(x + 4, y - 8);
      context.lineTo(x, y - 4);
      return context.lineTo(x - 4, y - 8);
    case 'fault':
      context.moveTo(x + 1, y - 8);
      context.lineTo(x - 3, y + 1);
      context.lineTo(x, y + 1);
      context.lineTo(x - 1, y + 8);
      context.lineTo(x + 3, y - 1);
      return context.lineTo(x, y - 1);
    case 'crash':
    case 'failure':
    case 'refusal':
      context.moveTo(x - 5, y - 5);
      context.lineTo(x + 5, y + 5);
      context.moveTo(x + 5, y - 5);
      context.lineTo(x - 5, y + 5);
  }
}
