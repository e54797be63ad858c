import type { Receipts } from '../../src/providers/receipts.ts';

/** Outlives a restart as long as the same ones are handed to whoever is opened anew. */
export function receiptsInMemory(): Receipts {
  const orders = new Set<string>();
  const owners = new Map<string, string>();
  return {
    ordered: async (tag, face) => void orders.add(`${tag} ${face}`),
    wasOrdered: async (tag, face) => orders.has(`${tag} ${face}`),
    async claim(prediction, tag) {
      const owner = owners.get(prediction) ?? tag;
      owners.set(prediction, owner);
      return owner;
    },
    ownerOf: async (prediction) => owners.get(prediction) ?? null,
  };
}
