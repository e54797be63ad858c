import { expect, test } from 'vitest';
import { used } from '../../src/cli/bench/memory.ts';

// Other systems do not keep the peak of a process where it can be read.
test.skipIf(process.platform !== 'linux')(
  'a clip is brought, checked and kept in little more memory than a plain transfer takes',
  async () => {
    const size = 60_000_000;
    const [plain, ours] = await used(
      [
        { way: 'plain', size },
        { way: 'dailies', size },
      ],
      1,
    );
    const over = ({ peak = 0, idle = 0 } = {}) => (peak - idle) / 1024 / 1024;
    expect(over(plain)).toBeGreaterThan(10);
    expect(over(ours)).toBeLessThan(1.3 * over(plain));
  },
  30_000,
);
