import { type Part, partsIn } from './wire.ts';

/** A copy of the components in which each has an id, as Discord counts them. */
export function numbered(components: readonly Part[]): Part[] {
  const copy = structuredClone(components) as Part[];
  const taken = new Set(partsIn(copy).flatMap((each) => each.id || []));
  let next = 1;
  for (const each of partsIn(copy)) {
    if (each.id) continue;
    while (taken.has(next)) next += 1;
    taken.add(next);
    each.id = next;
  }
  return copy;
}
