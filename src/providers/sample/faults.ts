/** Failures on request: written anywhere in a prompt, each makes the sample providers behave that way. */
export const faults = {
  'sample:moderation-input': 'the order is refused before anything is accepted',
  'sample:moderation-output': 'the order runs, costs money, and its result is withheld',
  'sample:outage': 'the first-choice model is down; any other works',
  'sample:retired': 'the first-choice model no longer exists; any other works',
  'sample:slow': 'queue and run take five times as long',
  'sample:garbage': 'succeeds, but the file is a web page named .mp4',
  'sample:truncated': 'succeeds, but the file is cut in half',
  'sample:drop': 'the order is accepted and billed, then the answer is lost',
  'sample:busy': 'turned away twice with "try later", then works',
} as const;

export type Fault = keyof typeof faults;

const isFault = (tag: string): tag is Fault => Object.hasOwn(faults, tag);
const tag = /sample:[a-z]+(?:-[a-z]+)*/gi;

/** The faults asked for in a text, each once, in the order of their first appearance. */
export function faultsIn(text: string): Fault[] {
  const found = (text.match(tag) ?? []).map((each) => each.toLowerCase());
  return [...new Set(found)].filter(isFault);
}

/** The text as a model should see it: without the tags. */
export function withoutFaults(text: string): string {
  return text
    .replace(tag, (each) => (isFault(each.toLowerCase()) ? '' : each))
    .replace(/ {2,}/g, ' ')
    .replace(/^[\s,;]+|[\s,;]+$/g, '');
}
