import { journalContract } from '../contracts/journal.ts';
import { postgresWorld } from './postgres-world.ts';

journalContract('PostgreSQL', postgresWorld);
