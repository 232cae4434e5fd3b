import { graphlib, layout } from '@dagrejs/dagre';
import type { Edge } from '../../views/topology.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The size of every node, in units of the picture. */
export const box = { width: 144, height: 56 };

/** Where nodes stand: the centre of each, and the size of the whole. */
export interface Layout {
  readonly places: ReadonlyMap<string, Point>;
  readonly width: number;
  readonly height: number;
}

/**
 * Lays nodes out in layers from left to right, along the ways that messages take. A service that has
 * nothing to do with the bus yet stands where it most likely will: the first one before it, the others behind, so that the picture stands still when a run
 * begins.
 */
export function arrange(nodes: readonly string[], edges: readonly Edge[]): Layout {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: 72, nodesep: 40, marginx: 20, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node, { ...box });
  for (const { from, to, kind } of edges) {
    const main = kind === 'publish' || kind === 'deliver';
    graph.setEdge(from, to, { weight: main ? 2 : 1 });
  }
  const onBus = new Set(edges.flatMap(({ from, to }) => (from === 'bus' ? [to] : to === 'bus' ? [from] : [])));
  nodes.forEach((node, i) => {
    if (!nodes.includes('bus') || node === 'bus' || node === 'eventStore' || onBus.has(node)) return;
    if (i === 0) graph.setEdge(node, 'bus', { weight: 2 });
    else graph.setEdge('bus', node, { weight: 2 });
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const places = new Map(
    nodes.map((node) => {
      const { x, y } = graph.node(node) as Point;
      return [node, { x, y }];
    }),
  );
  return { places, width, height };
}

/** A cubic curve: its two ends and the two points that bend it. */
export type Curve = readonly [Point, Point, Point, Point];

/**
 * The way from one node to another: from the right side to the left one where it goes on, a little apart and the other
 * way round where it comes back.
 */
export function curve(from: Point, to: Point): Curve {
  const { width, height } = box;
  if (Math.abs(to.x - from.x) < width) {
    const down = to.y > from.y ? 1 : -1;
    const [start, end] = [
      { x: from.x, y: from.y + (down * height) / 2 },
      { x: to.x, y: to.y - (down * height) / 2 },
    ];
    const bend = (end.y - start.y) / 2;
    return [start, { x: start.x, y: start.y + bend }, { x: end.x, y: end.y - bend }, end];
  }
  const way = to.x > from.x ? 1 : -1;
  const apart = way === 1 ? 0 : 12;
  const start = { x: from.x + (way * width) / 2, y: from.y + apart };
  const end = { x: to.x - (way * width) / 2, y: to.y + apart };
  const bend = (end.x - start.x) / 2;
  return [start, { x: start.x + bend, y: start.y }, { x: end.x - bend, y: end.y }, end];
}

/** The point at a part (0 to 1) of a curve. */
export function along([a, b, c, d]: Curve, part: number): Point {
  const rest = 1 - part;
  const p = rest * rest * rest;
  const q = 3 * rest * rest * part;
  const r = 3 * rest * part * part;
  const s = part * part * part;
  return { x: p * a.x + q * b.x + r * c.x + s * d.x, y: p * a.y + q * b.y + r * c.y + s * d.y };
}

/** A curve as the path of an SVG. */
export const path = ([a, b, c, d]: Curve): string => `M${a.x} ${a.y}C${b.x} ${b.y} ${c.x} ${c.y} ${d.x} ${d.y}`;
