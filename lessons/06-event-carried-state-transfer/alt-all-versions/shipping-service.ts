import { eventBus } from 'eda';
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

const heard: Customer[] = [];

eventBus.subscribe('customer.*', (event: Customer) => void heard.push(event));

export async function printLabel(orderId: string, customerId: string) {
  const versions = heard.filter((customer) => customer.customerId === customerId);
  if (versions.length === 0) throw new Error(`nothing is known of ${customerId}`);
  const newest = versions.reduce((a, b) => (b.version > a.version ? b : a));
  const label = { orderId, name: newest.name, street: newest.street, city: newest.city };
  await shipping.createLabel('note' in newest ? { ...label, note: newest.note } : label);
  await eventBus.publish('label.printed', { orderId, city: newest.city });
}
