import { bus, type BusState } from '../brokers/bus/state.ts';
import type { WorldFact } from '../brokers/facts.ts';
import type { Failure } from '../kernel/facts.ts';
import type { Projection } from '../kernel/projection.ts';

/** What a node looks like: a learner's file, the bus, the event store, or who plays the scenario. */
export type NodeKind = 'service' | 'bus' | 'store' | 'scenario';

/** `stuck`: a handler has not finished for so long, or at rest, that nothing will finish it. */
export type NodeStatus = 'idle' | 'busy' | 'stuck' | 'paused' | 'crashed' | 'failed';

interface Node {
  readonly name: string;
  readonly kind: NodeKind;
  readonly handling: Map<string, number>;
  down: 'paused' | 'crashed' | 'failed' | undefined;
  failure: Failure | undefined;
  published: number;
  handled: number;
  failures: number;
  effects: number;
  appended: number;
}

/** A way that messages took, or that a subscription opens for them. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'publish' | 'deliver' | 'append' | 'call';
  /** Patterns of the subscriptions behind a `deliver` edge. */
  readonly patterns: readonly string[];
}

export interface TopologyState {
  readonly nodes: Map<string, Node>;
  readonly edges: Map<string, Edge>;
  readonly bus: BusState;
}

const kinds: Readonly<Record<string, NodeKind>> = {
  bus: 'bus',
  eventStore: 'store',
  world: 'scenario',
};

/** Nodes and the ways between them, drawn only from what really happened. */
export const topology: Projection<TopologyState, WorldFact> = {
  initial: () => ({ nodes: new Map(), edges: new Map(), bus: bus.initial() }),
  evolve(state, entry) {
    const node = nodeOf(state, entry.node);
    switch (entry.type) {
      case 'node.started':
        break;
      case 'node.restarted':
        node.down = undefined;
        node.failure = undefined;
        break;
      case 'node.crashed':
        node.down = 'crashed';
        node.handling.clear();
        break;
      case 'node.failed':
        node.failure = entry.error;
        if (entry.during !== 'unhandled') node.down = 'failed';
        break;
      case 'bus.subscribed':
        bus.evolve(state.bus, entry);
        connect(state, 'bus', entry.node, 'deliver', entry.pattern);
        break;
      case 'bus.published':
        bus.evolve(state.bus, entry);
        node.published++;
        connect(state, entry.node, 'bus', 'publish');
        break;
      case 'bus.delivered':
        bus.evolve(state.bus, entry);
        node.handling.set(`${entry.id} ${entry.subscription} ${entry.attempt}`, entry.time);
        break;
      case 'bus.handled':
        bus.evolve(state.bus, entry);
        node.handling.delete(`${entry.id} ${entry.subscription} ${entry.attempt}`);
        if (entry.error) node.failures++;
        else node.handled++;
        break;
      case 'bus.unsubscribed':
      case 'bus.routed':
      case 'bus.settled':
        bus.evolve(state.bus, entry);
        break;
      case 'store.appended':
        node.appended += entry.events.length;
        nodeOf(state, 'eventStore').appended += entry.events.length;
        connect(state, entry.node, 'eventStore', 'append');
        break;
      case 'store.rejected':
        connect(state, entry.node, 'eventStore', 'append');
        break;
      case 'call.sent':
        connect(state, entry.node, entry.to, 'call');
        break;
      case 'world.effected':
        node.effects++;
        break;
      case 'fault.struck':
        if (entry.kind === 'pause') node.down = 'paused';
        else if (entry.kind === 'resume') node.down = undefined;
        break;
      case 'call.answered':
      case 'call.failed':
      case 'console.logged':
    }
  },
};

function nodeOf(state: TopologyState, name: string): Node {
  let node = state.nodes.get(name);
  if (!node) {
    node = {
      name,
      kind: kinds[name] ?? 'service',
      handling: new Map(),
      down: undefined,
      failure: undefined,
      published: 0,
      handled: 0,
      failures: 0,
      effects: 0,
      appended: 0,
    };
    state.nodes.set(name, node);
  }
  return node;
}

function connect(state: TopologyState, from: string, to: string, kind: Edge['kind'], pattern?: string): void {
  if (from === to) return;
  nodeOf(state, from);
  nodeOf(state, to);
  const key = `${kind} ${from}>${to}`;
  const edge = state.edges.get(key);
  if (edge && (pattern === undefined || edge.patterns.includes(pattern))) return;
  const patterns = [...(edge?.patterns ?? []), ...(pattern === undefined ? [] : [pattern])];
  state.edges.set(key, { from, to, kind, patterns });
}

/** One node as it stands at a moment: a copy that later entries do not change. */
export interface NodeView {
  readonly name: string;
  readonly kind: NodeKind;
  readonly status: NodeStatus;
  readonly failure: Failure | undefined;
  readonly published: number;
  readonly handled: number;
  readonly failures: number;
  readonly effects: number;
  readonly appended: number;
  /** Deliveries that the bus has not settled yet: those of this subscriber, or all of them at the bus itself. */
  readonly waiting: number;
}

/** A handler that is still busy after so long (virtual ms) is shown as stuck. */
const stuckAfter = 5_000;

/** The nodes at `time`; `atRest` says that the run has ended and nothing more will happen. */
export function nodesAt(state: TopologyState, time: number, atRest: boolean): NodeView[] {
  const waiting = new Map<string, number>();
  let all = 0;
  for (const { node, unsettled } of state.bus.subscriptions.values()) {
    waiting.set(node, (waiting.get(node) ?? 0) + unsettled.size);
    all += unsettled.size;
  }
  return [...state.nodes.values()].map(({ handling, down, ...node }) => ({
    ...node,
    status: down ?? statusOf(handling, time, atRest),
    waiting: node.kind === 'bus' ? all : (waiting.get(node.name) ?? 0),
  }));
}

function statusOf(handling: ReadonlyMap<string, number>, time: number, atRest: boolean): NodeStatus {
  if (handling.size === 0) return 'idle';
  if (atRest) return 'stuck';
  const [oldest = time] = handling.values();
  return time - oldest >= stuckAfter ? 'stuck' : 'busy';
}
