import { describe } from 'vitest';
import { paceInMemory } from '../../src/queue/pace-in-memory.ts';
import { pacePromises } from '../contracts/pace.ts';

describe('the pace in memory', () => pacePromises((clock) => paceInMemory(clock.now)));
