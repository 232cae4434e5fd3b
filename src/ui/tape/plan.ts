/** One fault of a plan as it is written: `kind@place:amount#nth`. */
export interface PlannedFault {
  readonly text: string;
  readonly kind: string;
  readonly place?: string;
}

/** The faults of a plan in the one grammar. What is wrong in one of them is for the kernel to say. */
export function faultsOf(plan: string): PlannedFault[] {
  return plan
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const [, kind = text, place] = /^([a-z-]+)(?:@([^:#]+))?/.exec(text) ?? [];
      return { text, kind, ...(place !== undefined && { place }) };
    });
}

/** The plan with a fault of this kind (written `text`) when it had none, without it when it had. */
export function toggled(plan: string, kind: string, text = kind): string {
  const faults = faultsOf(plan);
  const rest = faults.filter((fault) => fault.kind !== kind);
  return [...rest.map((fault) => fault.text), ...(rest.length === faults.length ? [text] : [])].join(',');
}

/** The plan with `text` in the place of its faults of this kind; without them when `text` is empty. */
export function withFault(plan: string, kind: string, text: string): string {
  const rest = faultsOf(plan).filter((fault) => fault.kind !== kind);
  return [...rest.map((fault) => fault.text), ...(text === '' ? [] : [text])].join(',');
}
