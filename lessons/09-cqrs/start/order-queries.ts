import { readModel } from 'eda';

export class OrderQueryHandler {
  async getOrderById(orderId: string) {
    return await readModel.orders.findById(orderId);
  }

  async getOrdersByCustomer(customerId: string) {
    return await readModel.orders.findByCustomer(customerId);
  }

  async getCustomer(customerId: string) {
    return await readModel.customers.findById(customerId);
  }
}
