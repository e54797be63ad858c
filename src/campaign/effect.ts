/** Something to be done, as data. Its body carries ids, never a person's text. */
export type Effect =
  | { type: 'open-place'; channel: string }
  | { type: 'read-message'; message: string }
  | { type: 'refine-prompt'; n: number }
  | { type: 'fetch-reference'; reference: string }
  /** The workspace's own: the logo of one of its brand kits. */
  | { type: 'fetch-logo'; kit: string; logo: string }
  | { type: 'moderate'; of: 'take' | 'stills'; n: number }
  | { type: 'make-still'; board: number; still: number }
  /** `look`: it may have been bought already, so only look. */
  | { type: 'buy-take'; take: number; tag: string; look: boolean }
  /** Somebody names a prediction as this purchase; whether it is, its provider knows. */
  | { type: 'heed-hint'; take: number; tag: string; prediction: string }
  /** `model`: of another one than the take's own. */
  | { type: 'watch-take'; take: number; prediction: string; model?: string | undefined }
  | { type: 'sweep-take'; take: number; tag: string }
  | { type: 'download-take'; take: number; output: string }
  | { type: 'finish-take'; take: number; cut: string }
  | { type: 'cancel-take'; take: number; prediction: string; model?: string | undefined }
  /** `after`: milliseconds to wait before it is one. */
  | { type: 'raise-alarm'; about: 'bought-twice'; take: number; prediction: string; after: number }
  | { type: 'raise-alarm'; about: 'undownloaded'; take: number; after: number }
  | { type: 'check-approver'; vote: string }
  /** `service`: the id of a model, `language` or `moderation`. */
  | { type: 'tell-admins'; reason: 'bad-key' | 'no-credit'; service: string }
  /** What one person's campaigns say, or with null everybody's. `gone`: only if the workspace has been gone since then. */
  | { type: 'forget-words'; person: string | null; after: number; gone: number | null }
  | { type: 'sync-card'; place: string; key: string }
  | { type: 'probe-models' }
  | { type: 'wait-until'; due: number; key: string };
export type EffectOf<T extends Effect['type']> = Extract<Effect, { type: T }>;

/** Effects that only wait for a time to come: a campaign they alone are left of is quiet. */
export const isPatient = ({ type }: { type: string }): boolean =>
  type === 'wait-until' || type === 'sweep-take' || type === 'raise-alarm';
