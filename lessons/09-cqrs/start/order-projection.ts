import { eventStore, readModel } from 'eda';

interface OrderCreated {
  orderId: string;
  customerId: string;
  amount: number;
}

// (1)
