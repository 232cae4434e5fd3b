import { measure } from './measure.ts';
import { draw } from './tape.ts';

export const run = () => measure(10, () => draw(0, 1));
