import type { Fate } from '../../views/flights.ts';
import type { Point } from './layout.ts';

/** A message as it is drawn. Two fates look different without colour too: dashed, outlined, crossed. */
export interface Token extends Point {
  readonly label: string;
  readonly color: string;
  readonly attempt: number;
  readonly fate: Fate;
}

export interface Ink {
  readonly onColor: string;
  readonly panel: string;
  readonly bad: string;
  readonly font: string;
}

/** From so many on, tokens are dots without words. */
const crowd = 120;

/**
 * Draws tokens on a canvas that is cleared before. `scale` and the offset are those of the viewport; the context is in
 * CSS pixels.
 */
export function drawTokens(context: CanvasRenderingContext2D, tokens: readonly Token[], ink: Ink): void {
  if (tokens.length > crowd) drawDots(context, tokens, ink);
  else {
    context.font = ink.font;
    context.textBaseline = 'middle';
    for (const token of tokens) drawPill(context, token, ink);
  }
}

/** One path for each colour: 10,000 dots take a few milliseconds. */
function drawDots(context: CanvasRenderingContext2D, tokens: readonly Token[], ink: Ink): void {
  const byColor = Map.groupBy(tokens, ({ fate, color }) => (fate === 'lost' ? ink.bad : color));
  for (const [color, group] of byColor) {
    context.fillStyle = color;
    context.beginPath();
    for (const { x, y } of group) context.rect(x - 2.5, y - 2.5, 5, 5);
    context.fill();
  }
}

function drawPill(context: CanvasRenderingContext2D, { x, y, label, color, attempt, fate }: Token, ink: Ink): void {
  const text = attempt > 1 ? `${label} ↻${attempt}` : label;
  const width = context.measureText(text).width + 16;
  const solid = fate === 'first' || fate === 'again';
  const tint = fate === 'lost' ? ink.bad : color;
  context.beginPath();
  context.roundRect(x - width / 2, y - 9, width, 18, 9);
  context.fillStyle = solid ? tint : ink.panel;
  context.fill();
  if (!solid || fate === 'again') {
    context.setLineDash(fate === 'copy' ? [3, 3] : []);
    context.strokeStyle = fate === 'again' ? ink.bad : tint;
    context.lineWidth = 1.5;
    context.stroke();
    context.setLineDash([]);
  }
  context.fillStyle = solid ? ink.onColor : tint;
  context.fillText(text, x - width / 2 + 8, y + 0.5);
  if (fate !== 'lost') return;
  context.beginPath();
  context.moveTo(x - 6, y - 14);
  context.lineTo(x + 6, y + 14);
  context.moveTo(x + 6, y - 14);
  context.lineTo(x - 6, y + 14);
  context.lineWidth = 2;
  context.stroke();
}
