import type { Aspect } from './model.ts';
import type { Status } from './status.ts';

/** A question that changes nothing. */
export type Question =
  | { about: 'help'; command?: string }
  | { about: 'models' }
  /** Models for a clip; what is not said is that of the campaign at `place`. */
  | { about: 'compare'; place: string; seconds?: number; aspect?: Aspect; references?: number }
  | { about: 'campaigns'; status?: Status }
  /** The brand kits of the workspace, or one of them. */
  | { about: 'brands'; name?: string };

/** Where the choices of an option come from: the catalogue and its sisters. */
export type ChoiceSource =
  | 'model'
  | 'still-model'
  | 'still-quality'
  | 'still-style'
  | 'aspect'
  | 'template'
  | 'platform'
  | 'status'
  | 'command'
  /** Those of the workspace, which are asked for apart. */
  | 'brand';
