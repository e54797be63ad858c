/** Says what is wrong at a place, a JSON pointer. */
export type Tell = (complaint: string, at: string) => void;
export type Check = (value: unknown, at: string, tell: Tell) => void;
export type Bag = Record<string, unknown>;

export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const string =
  (longest: number, shortest = 0): Check =>
  (value, at, tell) => {
    if (typeof value !== 'string') return tell('must be a string', at);
    if (value.length > longest) tell(`must be less than ${longest + 1} characters`, at);
    if (value.length < shortest) tell(`must be more than ${shortest - 1} characters`, at);
  };

export const bool: Check = (value, at, tell) => {
  if (typeof value !== 'boolean') tell('must be a boolean', at);
};

export const integer =
  (least: number, most: number): Check =>
  (value, at, tell) => {
    if (!Number.isInteger(value) || Number(value) < least || Number(value) > most)
      tell(`must be an integer from ${least} to ${most}`, at);
  };

export const oneOf =
  (...words: (string | number)[]): Check =>
  (value, at, tell) => {
    if (!words.includes(value as string)) tell(`must be one of: ${words.join(', ')}`, at);
  };

export const matching =
  (pattern: RegExp, what: string): Check =>
  (value, at, tell) => {
    if (typeof value !== 'string' || !pattern.test(value)) tell(`must be ${what}`, at);
  };

export const url =
  (protocols = 'https?', longest = 3000): Check =>
  (value, at, tell) => {
    string(longest, 1)(value, at, tell);
    if (!new RegExp(`^${protocols}://[^\\s/]+`).test(String(value))) tell('invalid url', at);
  };

export const list =
  (item: Check, most: number, least = 1): Check =>
  (value, at, tell) => {
    if (!Array.isArray(value)) return tell('must be an array', at);
    if (value.length > most) tell(`no more than ${most} items allowed`, at);
    if (value.length < least) tell(`no fewer than ${least} items allowed`, at);
    value.forEach((each, i) => {
      item(each, `${at}/${i}`, tell);
    });
  };

/** An object with these fields and no others; a name that ends in `!` is required. */
export const record = (fields: Record<string, Check>): Check => {
  const known = new Map(Object.entries(fields).map(([name, check]) => [name.replace(/!$/, ''), check]));
  const required = Object.keys(fields).flatMap((name) => (name.endsWith('!') ? [name.slice(0, -1)] : []));
  return (value, at, tell) => {
    if (!isBag(value)) return tell('must be an object', at);
    for (const name of required)
      if (value[name] === undefined || value[name] === null) tell(`missing required field: ${name}`, at);
    for (const [name, inner] of Object.entries(value)) {
      const check = known.get(name);
      if (!check) tell(`invalid additional property: ${name}`, at);
      else if (inner !== undefined && inner !== null) check(inner, `${at}/${name}`, tell);
    }
  };
};

/** An object told apart by its `type`. */
export const typed =
  (kinds: Record<string, Check>, allowed: readonly string[] = Object.keys(kinds)): Check =>
  (value, at, tell) => {
    const type = isBag(value) ? String(value['type']) : '';
    if (!kinds[type] || !allowed.includes(type)) return tell(`unsupported type: ${type}`, `${at}/type`);
    kinds[type](value, at, tell);
  };

/** Both, one after the other. */
export const all =
  (...checks: Check[]): Check =>
  (value, at, tell) => {
    for (const check of checks) check(value, at, tell);
  };

/** At least one of these fields, and where `only` is set no more than one. */
export const someOf =
  (names: readonly string[], only = false): Check =>
  (value, at, tell) => {
    const given = names.filter((name) => isBag(value) && value[name] !== undefined);
    if (given.length === 0) tell(`one of these is required: ${names.join(', ')}`, at);
    if (only && given.length > 1) tell(`only one of these is allowed: ${names.join(', ')}`, at);
  };
