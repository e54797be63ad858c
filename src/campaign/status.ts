/** Where a creative stands, as boards and reports name it, and what people call it; those that wait come first. */
export const statusNames = {
  needsReview: 'needs review',
  inProgress: 'being made',
  briefing: 'briefing',
  changesRequested: 'changes requested',
  approved: 'approved',
  rejected: 'rejected',
  cancelled: 'cancelled',
} as const;
export type Status = keyof typeof statusNames;
const statuses = Object.keys(statusNames) as Status[];

/** What somebody still works on or waits for. */
export const openStatuses = ['needsReview', 'inProgress', 'briefing', 'changesRequested'] as const;

/** What nobody works on any more. */
export const overStatuses = ['approved', 'rejected', 'cancelled'] as const satisfies Exclude<
  Status,
  (typeof openStatuses)[number]
>[];

/** What else people call them. */
const alsoCalled: Readonly<Record<string, Status>> = {
  review: 'needsReview',
  inreview: 'needsReview',
  waiting: 'needsReview',
  generating: 'inProgress',
  running: 'inProgress',
  brief: 'briefing',
  changes: 'changesRequested',
  requestchanges: 'changesRequested',
  canceled: 'cancelled',
};

/** The status that is meant by `needs review`, `Needs_Review` or `needsReview`; null where none is. */
export function statusCalled(text: string): Status | null {
  const said = letters(text);
  const also = Object.hasOwn(alsoCalled, said) ? alsoCalled[said] : undefined;
  return (
    statuses.find((one) => [one, statusNames[one]].some((name) => letters(name) === said)) ?? also ?? null
  );
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}]+/gu, '');
