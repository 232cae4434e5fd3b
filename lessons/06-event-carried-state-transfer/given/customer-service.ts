import { eventBus } from 'eda';

interface Details {
  name: string;
  email: string;
  street: string;
  city: string;
  note?: string;
}

interface Customer extends Details {
  customerId: string;
  version: number;
  timestamp: string;
}

export class CustomerService {
  private customers = new Map<string, Customer>();

  async save(customerId: string, details: Details) {
    const version = (this.customers.get(customerId)?.version ?? 0) + 1;
    const customer = { customerId, version, ...details, timestamp: this.clock(version) };
    this.customers.set(customerId, customer);
    await eventBus.publish('customer.updated', customer);
    return customer;
  }

  getCustomer(customerId: string) {
    return this.customers.get(customerId) ?? null;
  }

  // Two machines take turns, and the clock of the second one is four seconds slow.
  private clock(version: number) {
    return new Date(Date.now() - (version % 2 === 0 ? 4000 : 0)).toISOString();
  }
}
