import { expect, test } from 'vitest';
import { palettes } from './palette.ts';

/** Relative luminance as WCAG 2.2 defines it. */
const luminance = (color: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};

const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
};

test.each(Object.entries(palettes))('code can be read in the %s theme', (_, palette) => {
  const { background, text, number, keyword, string, name, literal, comment } = palette;
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  for (const color of [text, number, keyword, string, name, literal, comment])
    expect(contrast(color, background), color).toBeGreaterThanOrEqual(4.5);
});
