/** A workspace we are installed in, and what we are there. */
export interface Installed {
  team: string;
  token: string;
  bot: string;
  botUser: string;
  /** Milliseconds; an older event about this workspace is about an earlier installation. */
  at: number;
}

/** Where tokens come from. Null: we are not installed there (any more). Throws TryLater where nobody can say now. */
export interface Installs {
  of(team: string): Promise<Installed | null>;
  /** Since when we are installed there, though the token may be worthless by now. Milliseconds. */
  installedAt(team: string): Promise<number | null>;
  /** The token is worthless: it is deleted where it is ours to delete. */
  forget(team: string): Promise<void>;
}

/** Asks one after the other; the first that knows the workspace serves it. */
export const anyOf = (sources: readonly Installs[]): Installs => ({
  async of(team) {
    for (const source of sources) {
      const found = await source.of(team);
      if (found) return found;
    }
    return null;
  },
  async installedAt(team) {
    for (const source of sources) {
      const at = await source.installedAt(team);
      if (at !== null) return at;
    }
    return null;
  },
  async forget(team) {
    for (const source of sources) await source.forget(team);
  },
});
