import { appendFileSync } from 'node:fs';

/** One thing that happened: a request and its answer, a step of the gateway, a happening, a person's deed. */
export type Fact = { at: number } & (
  | Asked
  | { kind: 'gateway'; what: string; shard: number; detail?: unknown }
  | { kind: 'happening'; t: string; heard: number }
  | { kind: 'person'; who: string; does: string; detail: unknown }
);

export interface Asked {
  kind: 'request';
  /** The route's name in `routes.ts`, or `cdn`, or `unknown`. */
  route: string;
  method: string;
  path: string;
  body: unknown;
  files: { name: string; bytes: number }[];
  /** What was answered; 0 where nothing was. */
  status: number;
  answer: unknown;
}

type Told<T> = T extends { at: number } ? Omit<T, 'at'> : never;

export interface Log {
  facts: readonly Fact[];
  note(fact: Told<Fact>): void;
}

/** Only ever grows; with a file, each fact is a line there too. */
export function openLog(clock: () => number, file?: string): Log {
  const facts: Fact[] = [];
  return {
    facts,
    note(told) {
      const fact = { at: clock(), ...told };
      facts.push(fact);
      if (file) appendFileSync(file, `${JSON.stringify(fact)}\n`);
    },
  };
}
