/**
 * A trustee's shuffle of a whole tally: one for each question whose answers are shuffled.
 *
 * Source: design 3, section 9; docs/formats/shuffle.md.
 */

import { SealingError } from "./errors";
import type { Random } from "./random";
import { shuffleCiphertexts, STEPS } from "./shuffle";
import { readCiphertext, type Tally } from "./tally";

/** What a tally has to shuffle: the rows of its shuffled questions. */
export function rowsToShuffle({ election, rows }: Tally): (readonly unknown[])[] {
  return rows.filter((_, at) => election.questions[at]?.kind === "shuffled");
}

/** How often `progress` is told. */
export function stepsOf(tally: Tally): number {
  // Each ciphertext is read, and then goes through every step.
  return rowsToShuffle(tally).flat().length * (STEPS + 1);
}

/** Shuffle what the trustee before gave, or the encrypted tally. */
export function shuffleTally(tally: Tally, random: Random, progress: () => void): string {
  const rows = rowsToShuffle(tally);
  if (rows.length === 0) throw new SealingError("UnexpectedShuffleError");
  const made = rows.map((row) => {
    const inputs = row.map((value) => {
      const read = readCiphertext(value);
      progress();
      return read;
    });
    return shuffleCiphertexts(tally.election, inputs, random, progress);
  });
  return JSON.stringify({
    ciphertexts: made.map(({ ciphertexts }) => ciphertexts),
    proofs: made.map(({ proof }) => proof),
  });
}
