import type { GatewayOptions } from './gateway.ts';
import { intent } from './wire.ts';
import type { World } from './world.ts';

export interface Identify {
  token: string;
  intents: number;
  shard?: [number, number];
}

const known = 0b11_0000_0011_1111_1111_1111_1111;
const privileged = intent.members | intent.presences | intent.content;

/** Who may come in, with what, and how often. */
export function openDoor(world: World, options: GatewayOptions) {
  const identified: { key: number; at: number }[] = [];
  let left = options.identifies;

  function refusal({ token, intents, shard = [0, 1] }: Identify, version: string): number | null {
    if (token !== world.token) return 4004;
    if (version !== '10') return 4012;
    const [id, of] = shard;
    if (!(Number.isInteger(id) && Number.isInteger(of) && id >= 0 && id < of)) return 4010;
    if ((world.guilds.size + (options.crowd?.guilds ?? 0)) / of > 2500) return 4011;
    if (!Number.isInteger(intents) || (intents & ~known) !== 0) return 4013;
    return (intents & privileged & ~options.privileged) === 0 ? null : 4014;
  }

  function tooSoon(key: number): boolean {
    const now = performance.now();
    const soon = identified.some((each) => each.key === key && now - each.at < options.identifyWindow);
    if (!soon) identified.push({ key, at: now });
    return soon;
  }

  return {
    left: () => left,
    /** The code to close with, if it is to be closed. */
    judge(wanted: Identify, version: string): number | 'too soon' | 'welcome' {
      const code = refusal(wanted, version);
      if (code !== null) return code;
      // Beyond its number of a day Discord takes the token away.
      if (left <= 0) return 4004;
      left -= 1;
      return tooSoon((wanted.shard?.[0] ?? 0) % options.maxConcurrency) ? 'too soon' : 'welcome';
    },
  };
}
