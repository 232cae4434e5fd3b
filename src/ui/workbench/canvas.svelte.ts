import type { Attachment } from 'svelte/attachments';
import { theme } from '../theme.svelte.ts';

/** Colours of the page's variables as a canvas needs them, in the current theme. */
export type Colors = (name: string) => string;

/**
 * Keeps a canvas as large as its parent, in device pixels, and draws again in the next frame after anything that `draw`
 * reads has changed. `draw` works in CSS pixels on a cleared canvas.
 */
export function painting(
  draw: (context: CanvasRenderingContext2D, size: { width: number; height: number }, colors: Colors) => void,
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const context = canvas.getContext('2d')!;
    let width = $state(0);
    let height = $state(0);
    const observer = new ResizeObserver(([entry]) => {
      ({ width, height } = entry!.contentRect);
    });
    observer.observe(canvas.parentElement!);

    const colors = $derived.by(() => {
      void theme.current;
      const style = getComputedStyle(canvas);
      const known: Record<string, string> = {};
      return (name: string) => (known[name] ??= style.getPropertyValue(name.replace(/^var\((.*)\)$/, '$1')));
    });

    $effect(() => {
      const ratio = window.devicePixelRatio;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(context, { width, height }, colors);
    });
    return () => observer.disconnect();
  };
}
