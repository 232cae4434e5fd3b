import { drawTape } from '../../src/ui/tape/draw.ts';
import { project } from '../../src/kernel/projection.ts';
import { orderRun } from '../../src/views/fixture.ts';
import { picture, tape } from '../../src/views/tape.ts';

const entries = orderRun(6_400);
const state = project(tape, entries);
const end = entries.at(-1)!.time;
const lanes = { top: 22, height: 30, index: new Map(state.lanes.map((lane, i) => [lane, i])) };
const canvas = new OffscreenCanvas(1400, 250);
const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D;

/** Draws a part (0 to 1) of a tape of 100,000 entries. */
export function draw(from: number, to: number): void {
  const scene = picture(state, { from: from * end, to: to * end, width: 1400 });
  context.clearRect(0, 0, 1400, 250);
  drawTape(
    context,
    scene,
    lanes,
    () => '--c1',
    () => '#62a8ff',
  );
}
