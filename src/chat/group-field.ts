import { told } from '../campaign/review.ts';
import type { Field } from './card.ts';

/** The groups that these roles are held by, each once; nothing where all decided in their own name. */
export function groupField(roles: readonly string[]): Field[] {
  const groups = [...new Set(roles.flatMap((role) => told(role).group ?? []))];
  return groups.length > 0 ? [{ name: 'By group', value: '', groups }] : [];
}
