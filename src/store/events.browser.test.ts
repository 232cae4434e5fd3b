import { deleteDB } from 'idb';
import { Database } from './database.ts';
import { describeEventKeeper } from './events.contract.ts';
import { describeRows } from './rows.contract.ts';

let database: Database | undefined;

/** A real IndexedDB without any row. */
async function open(): Promise<Database> {
  await database?.close();
  await deleteDB('contract');
  database = new Database('contract');
  return database;
}

describeRows('IndexedDB', open);
describeEventKeeper('IndexedDB', open);
