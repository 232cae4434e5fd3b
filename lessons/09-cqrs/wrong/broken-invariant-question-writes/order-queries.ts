import { readModel } from 'eda';

export class OrderQueryHandler {
  async getOrderById(orderId: string) {
    return await readModel.orders.findById(orderId);
  }

  async getOrdersByCustomer(customerId: string) {
    return await readModel.orders.findByCustomer(customerId);
  }

  async getCustomer(customerId: string) {
    const customer = await readModel.customers.findById(customerId);
    if (customer) await readModel.customers.update(customerId, { asked: (customer.asked ?? 0) + 1 });
    return customer;
  }
}
