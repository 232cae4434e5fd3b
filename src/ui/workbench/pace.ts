import { inTheAir, type FlightsState } from '../../views/flights.ts';

/** How long the shortest message in the air takes on the screen at 1×, real ms: time enough for the eye. */
const visible = 600;
/** A stretch in which nothing happens, virtual ms, is hurried through when it is longer than this. */
const silence = 1_500;
const hurry = 10;

/** `rate` is virtual ms a real ms at 1×, and holds until the virtual time `until`. */
export interface Pace {
  readonly name: 'even' | 'close' | 'hurried';
  readonly rate: number;
  readonly until: number;
}

/**
 * How virtual time should go by at `time`: slower (`close`) while a message is in the air that would else pass in a
 * blink, faster (`hurried`) through silence, evenly otherwise. `next` is when the next thing happens, if that is known.
 */
export function pace(flights: FlightsState, time: number, next: number | undefined): Pace {
  let shortest = visible;
  let landing = Infinity;
  for (const { flight } of inTheAir(flights, time)) {
    if (flight.fate === 'lost' || flight.received === undefined) continue;
    shortest = Math.min(shortest, flight.received - flight.sent);
    landing = Math.min(landing, flight.received);
  }
  if (landing < Infinity)
    return { name: shortest < visible ? 'close' : 'even', rate: shortest / visible, until: landing };
  if (next === undefined || next <= time) return { name: 'even', rate: 1, until: Infinity };
  if (next - time > silence) return { name: 'hurried', rate: hurry, until: next - silence / 2 };
  return { name: 'even', rate: 1, until: next };
}
