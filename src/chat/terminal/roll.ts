import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { widthOf } from './text.ts';

export interface RollOptions {
  output: Writable;
  columns: () => number;
  rows: () => number;
  /** A terminal whose cursor can be moved, not a file or a pipe. */
  live: boolean;
}

/** How a prompt is taken away before something is printed above it, and put back. */
export interface Prompt {
  hide(): void;
  show(): void;
}

const plainLength = (line: string): number => widthOf(stripVTControlCharacters(line));

/** An endless roll of lines, of which the lowest may be written anew while nothing is below them. */
export function newRoll({ output, columns, rows, live }: RollOptions) {
  let prompt: Prompt | null = null;
  let loose = 0;

  const rowsOf = (lines: readonly string[]): number =>
    lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(plainLength(line) / columns())), 0);

  function write(lines: readonly string[], kept: number, before: string): void {
    prompt?.hide();
    output.write(before + lines.map((line) => `${line}\n`).join(''));
    prompt?.show();
    loose = rowsOf(lines.slice(kept));
  }

  return {
    /** Lines from `kept` on may be written anew. */
    print: (lines: readonly string[], kept = lines.length): void => write(lines, kept, ''),
    /** Puts these in the place of what may be written anew. */
    replace: (lines: readonly string[], kept = 0): void => write(lines, kept, `\u001B[${loose}A\r\u001B[J`),
    /** Rows that have left the screen cannot be reached. */
    isLoose: (): boolean => live && loose > 0 && loose < rows() - 2,
    /** Somebody else wrote below. */
    settle(): void {
      loose = 0;
    },
    withPrompt(given: Prompt | null): void {
      prompt = given;
    },
  };
}
