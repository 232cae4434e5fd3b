import { eventBus } from 'eda';
import { crm } from 'eda/world';

export class AnalyticsService {
  constructor() {
    eventBus.subscribe('label.printed', (event: { orderId: string; city: string }) => this.count(event));
  }

  async count({ orderId, city }: { orderId: string; city: string }) {
    await crm.track({ orderId, city });
  }
}
