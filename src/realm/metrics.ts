type PromClient = typeof import('prom-client');

/**
 * The global `prometheus`: the library of this process together with the four metrics that everybody counts events with,
 * under the names of the article. They are made when they are first asked for, so a service that measures nothing exports nothing.
 */
export function prometheus(client: () => PromClient): object {
  const events = ['event_type'];
  const made: Record<string, () => unknown> = {
    eventPublished: () => counter('event_published_total', 'Events published', events),
    eventProcessed: () => counter('event_processed_total', 'Events processed', events),
    eventFailed: () => counter('event_failed_total', 'Events whose processing failed', [...events, 'error_type']),
    processingDuration: () =>
      new (client().Histogram)({
        name: 'event_processing_duration_ms',
        help: 'How long the processing of an event took, in milliseconds',
        labelNames: events,
        buckets: [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000],
      }),
  };
  const counter = (name: string, help: string, labelNames: string[]) =>
    new (client().Counter)({ name, help, labelNames });
  const metrics = new Map<string, unknown>();
  return new Proxy(
    {},
    {
      get(_, key) {
        const make = typeof key === 'string' && Object.hasOwn(made, key) ? made[key] : undefined;
        if (!make) return Reflect.get(client(), key) as unknown;
        if (!metrics.has(key as string)) metrics.set(key as string, make());
        return metrics.get(key as string);
      },
    },
  );
}
