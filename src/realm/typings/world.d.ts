/**
 * The world outside: letters, money, goods. What is done here is on the ledger, and no crash, rewind or replay takes it back.
 * Every deed takes a few virtual milliseconds.
 */
declare module 'eda/world' {
  export interface Done {
    /** The number that the world gave it. */
    readonly id: string;
  }

  /** Given to a deed, makes its repetition harmless: the same key is the same deed, and gets the first answer again. */
  export interface Repeatable {
    /**
     * @throws IdempotencyKeyReused when the key comes back with other details.
     * @example await payments.charge({ amount, currency: 'EUR', idempotencyKey: `order-${orderId}` });
     */
    idempotencyKey?: string;
    /** Anything else that belongs to it, such as `orderId`. */
    [detail: string]: unknown;
  }

  /** Letters. Once sent, sent. */
  export const mailer: {
    send(letter: Repeatable & { to: string; subject: string; body?: string }): Promise<Done>;
  };

  /** Money. */
  export const payments: {
    /** Takes money from a customer. Twice, if you ask twice without an `idempotencyKey`. */
    charge(charge: Repeatable & { amount: number; currency?: string }): Promise<Done>;
    /** Gives money back. */
    refund(refund: Repeatable & { amount?: number }): Promise<Done>;
  };

  /** Goods on shelves. */
  export const warehouse: {
    /** Puts goods aside for an order. */
    reserve(items: Repeatable): Promise<Done>;
    /** Puts them back. */
    release(items: Repeatable): Promise<Done>;
    ship(items: Repeatable): Promise<Done>;
    updateStock(items: Repeatable): Promise<Done>;
  };

  /** Parcels. */
  export const shipping: {
    createLabel(parcel: Repeatable): Promise<Done>;
  };

  /** What is known about customers, and told to those who sell. */
  export const crm: {
    track(what: Repeatable): Promise<Done>;
  };
}
