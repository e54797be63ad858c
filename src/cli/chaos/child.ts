import { enableCompileCache } from 'node:module';

// A life is short and there are many: what was compiled once is not compiled again.
enableCompileCache();
await import('./life.ts');
