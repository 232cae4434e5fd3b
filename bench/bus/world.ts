/**
 * A thousand topics and sixty subscriptions to them: forty to one topic each, fifteen with `*`, five with `#`. An event goes
 * to 1.6 of them.
 */
export const topics = Array.from({ length: 1_000 }, (_, i) => `domain-${i % 10}.entity-${i % 100}.event-${i}`);
export const patterns = [
  ...Array.from({ length: 40 }, (_, i) => topics[i * 25]!),
  ...Array.from({ length: 15 }, (_, i) => `*.entity-${i}.*`),
  ...Array.from({ length: 4 }, (_, i) => `domain-${i}.#`),
  '#',
];
export const events = { bare: 2_000_000, whole: 12_000 } as const;

/** Which of the thousand topics the nth event has: a walk that meets all of them. */
export const topicOf = (n: number): number => (n * 617) % topics.length;
