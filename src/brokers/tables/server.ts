import { context, running, within } from '../../kernel/context.ts';
import type { Place } from '../../kernel/facts.ts';
import { VirtualPromise } from '../../kernel/promise.ts';
import type { World } from '../../kernel/world.ts';
import { TransactionInactive } from './refusal.ts';
import { sideOf, tables, type Tables, type TablesFact } from './state.ts';
import { Transaction } from './transaction.ts';

/** Whose tables are meant: those of the service that asks, or the read models that all share. */
export type Database = 'db' | 'readModel';

/** How long a question takes to be answered: virtual ms, drawn for each. */
const travel = { least: 1, most: 3 } as const;

/**
 * Durable tables. Every access is a transaction that happens whole at one moment of virtual time, a little after it was
 * asked for; those of one service keep their order. What is there outlives a crash of its service, and ends with the run.
 */
export class TablesServer {
  readonly state = tables.initial();
  readonly #world: World<TablesFact>;
  readonly #random;
  /** When the last access that each service asked for happens. */
  readonly #busyUntil = new Map<string, number>();
  /** Gives up the transaction that is under way. */
  #abort: (() => void) | undefined;

  constructor(world: World<TablesFact>) {
    this.#world = world;
    this.#random = world.stream('tables');
    world.onInstant(() => {
      const abort = this.#abort;
      abort?.();
      return abort !== undefined;
    });
  }

  /**
   * Does `work` as the service that is running, all or nothing; fulfilled with what it gives. Rejected, and nothing is
   * written, when it throws, when its promise is rejected, and with `TransactionInactive` when its promise waits for
   * anything that takes virtual time. A service that is no longer alive when its turn comes has asked in vain.
   */
  access<T>(database: Database, work: (transaction: Transaction) => T): VirtualPromise<Awaited<T>> {
    const world = this.#world;
    const asker = context();
    const at = world.guard.here;
    const node = running();
    const arrival = Math.max(
      world.now + this.#random.between(travel.least, travel.most),
      this.#busyUntil.get(node) ?? 0,
    );
    this.#busyUntil.set(node, arrival);
    return new VirtualPromise((resolve, reject) => {
      const refuse = (error: unknown) => reject(error instanceof Error ? world.blame(error, at) : error);
      world.clock.after(arrival - world.now, () => {
        if (asker.owner?.alive !== false) within(asker, () => this.#transact(database, work, at, resolve, refuse));
      });
    });
  }

  /** How far the projection `name` has come, as the service that is running sees it. */
  checkpoint(name: string): number | undefined {
    return sideOf(this.state, running()).checkpoints.get(name);
  }

  /** A rebuild begins in this node: what an earlier one there has written is gone. */
  empty(node: string): void {
    tables.evolve(this.state, this.#world.append<TablesFact>(node, { type: 'readModel.emptied' }));
  }

  #transact<T>(
    database: Database,
    work: (transaction: Transaction) => T,
    at: Place | undefined,
    resolve: (value: Awaited<T>) => void,
    reject: (error: unknown) => void,
  ): void {
    const place = at ? { at } : {};
    const own: Tables = this.state.services.get(running()) ?? new Map<string, never>();
    const stored = database === 'db' ? own : sideOf(this.state, running()).readModels;
    const transaction = new Transaction(stored, (table, where, found) => {
      if (database === 'readModel') this.#record({ type: 'readModel.read', table, where, found, ...place });
    });
    let open = true;
    const end = (): boolean => {
      if (!open) return false;
      open = false;
      transaction.close();
      this.#abort = undefined;
      return true;
    };
    this.#abort = () => {
      end();
      reject(
        new TransactionInactive('a transaction may wait for nothing but its own tables: nothing of it was written'),
      );
    };
    VirtualPromise.try(() => work(transaction)).then(
      (value) => {
        if (!end()) return;
        this.#commit(database, transaction, place);
        resolve(value);
      },
      (error: unknown) => {
        if (end()) reject(error);
      },
    );
  }

  #commit(database: Database, { writes, checkpoints }: Transaction, place: { readonly at?: Place }): void {
    const moved = Object.keys(checkpoints).length > 0;
    if (writes.length === 0 && !moved) return;
    if (database === 'db') this.#record({ type: 'db.written', writes, ...place });
    else this.#record({ type: 'readModel.written', writes, ...(moved ? { checkpoints } : {}), ...place });
  }

  #record(fact: TablesFact): void {
    tables.evolve(this.state, this.#world.append(running(), fact));
  }
}
