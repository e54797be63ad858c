/** A question that changes nothing. */
export type Question =
  | { about: 'help'; command?: string }
  | { about: 'models' }
  | { about: 'campaigns'; status?: string };

/** Where the choices of an option come from: the catalogue and its sisters. */
export type ChoiceSource = 'model' | 'aspect' | 'template' | 'platform' | 'status' | 'command';
