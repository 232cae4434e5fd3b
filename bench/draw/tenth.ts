import { measure } from './measure.ts';
import { draw } from './tape.ts';

export const run = () => measure(50, () => draw(0.4, 0.5));
