import type { Point } from './layout.ts';

const scales = { least: 0.2, most: 3, fitted: 1.25 };

/** Which part of a picture a pane shows: a point of the picture is drawn at `scale * point + (x, y)` pixels. */
export class Viewport {
  #scale = $state(1);
  #x = $state(0);
  #y = $state(0);
  /** The pane, in pixels. */
  width = $state(0);
  height = $state(0);
  /** It was moved by hand and does not follow the picture by itself any more. */
  #held = $state(false);

  get scale(): number {
    return this.#scale;
  }

  get x(): number {
    return this.#x;
  }

  get y(): number {
    return this.#y;
  }

  get held(): boolean {
    return this.#held;
  }

  /** Shows a picture of this size as a whole, in the middle. */
  fit(width: number, height: number): void {
    this.#held = false;
    if (this.width === 0 || width === 0) return;
    const scale = Math.min(scales.fitted, this.width / width, this.height / height);
    this.#scale = scale;
    this.#x = (this.width - width * scale) / 2;
    this.#y = (this.height - height * scale) / 2;
  }

  move(x: number, y: number): void {
    this.#held = true;
    this.#x += x;
    this.#y += y;
  }

  /** Zooms by a factor and keeps what is at `at` (pixels of the pane) where it is; the middle when left out. */
  zoom(factor: number, at: Point = { x: this.width / 2, y: this.height / 2 }): void {
    const scale = Math.min(scales.most, Math.max(scales.least, this.#scale * factor));
    const change = scale / this.#scale;
    this.#held = true;
    this.#scale = scale;
    this.#x = at.x - (at.x - this.#x) * change;
    this.#y = at.y - (at.y - this.#y) * change;
  }
}
