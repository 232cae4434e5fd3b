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
  for (const { x, width, bar } of bars) {
    context.fillStyle = colors(bar.failed ? '--bad' : colorOf(bar.lane));
    context.beginPath();
    context.roundRect(x, laneY(lanes, bar.lane) - thickness / 2, width, thickness, Math.min(3, width / 2));
    context.fill();
  }

  for (const { x, mark } of marks) {
    const y = laneY(lanes, mark.lane);
    const color = bad.has(mark.kind) ? '--bad' : mark.kind === 'fault' ? '--accent' : colorOf(mark.lane);
    context.fillStyle = context.strokeStyle = colors(color);
    drawMark(context, mark.kind, x, y, colors('--panel'));
  }
}

/** Each kind has its own shape: colour alone says nothing. */
function drawMark(context: CanvasRenderingContext2D, kind: MarkKind, x: number, y: number, ground: string): void {
  context.beginPath();
  context.lineWidth = 1.6;
  switch (kind) {
    case 'publish':
      context.arc(x, y, 4.5, 0, 7);
      context.fill();
      break;
    case 'append':
      context.rect(x - 3, y + 6, 6, 3);
      context.fill();
      break;
    case 'call':
      context.arc(x, y, 3.5, 0, 7);
      context.stroke();
      break;
    case 'effect':
      context.moveTo(x, y - 12);
      context.lineTo(x + 4, y - 8);
      context.lineTo(x, y - 4);
      context.lineTo(x - 4, y - 8);
      context.fill();
      break;
    case 'fault':
      context.moveTo(x + 1, y - 8);
      context.lineTo(x - 3, y + 1);
      context.lineTo(x, y + 1);
      context.lineTo(x - 1, y + 8);
      context.lineTo(x + 3, y - 1);
      context.lineTo(x, y - 1);
      context.fill();
      break;
    case 'restart':
      context.arc(x, y, 5, 0, 7);
      context.fillStyle = ground;
      context.fill();
      context.stroke();
      break;
    case 'crash':
    case 'failure':
    case 'refusal':
      context.moveTo(x - 5, y - 5);
      context.lineTo(x + 5, y + 5);
      context.moveTo(x + 5, y - 5);
      context.lineTo(x - 5, y + 5);
      context.lineWidth = 2.2;
      context.stroke();
  }
}
