/** There is a row with this key already; nothing was written. */
export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey';
  readonly table: string;
  readonly key: string;

  constructor(table: string, key: string) {
    super(`${table} already has a row with the key ${key}`);
    this.table = table;
    this.key = key;
  }
}

/** The transaction is over: it was committed, or it waited for something other than its own tables. Nothing of it was written. */
export class TransactionInactive extends Error {
  override readonly name = 'TransactionInactive';
}
