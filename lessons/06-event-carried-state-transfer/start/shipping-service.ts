import { call, eventBus } from 'eda';
import { shipping } from 'eda/world';

interface Customer {
  customerId: string;
  version: number;
  name: string;
  email: string;
  street: string;
  city: string;
  note?: string;
}

export class ShippingService {
  async printLabel(orderId: string, customerId: string) {
    const customer = await call<Customer>('customer-service', 'getCustomer', customerId);
    const { name, street, city, note } = customer;
    await shipping.createLabel({ orderId, name, street, city, note });
    await eventBus.publish('label.printed', { orderId, ...customer });
  }
}
