/**
 * An encrypted tally, read as far as its shape: its points are read when they are worked on.
 *
 * Source: design 3, section 8.
 */

import { FormError } from "./errors";
import type { Election } from "./election";
import { readPoint } from "./group";
import { parseCanonical, readExactly, readFields } from "./json";
import type { Ciphertext } from "./proofs";
import { divide, numbersOf, type Question } from "./questions";

/** The ballots of more people than any co-op has. */
const LARGEST_TALLY = 2 ** 26;

/** A box's encrypted tally. */
export interface Tally {
  readonly election: Election;
  /** Of each question its ciphertexts in one row, unread; of a shuffled one, all ballots'. */
  readonly rows: readonly (readonly unknown[])[];
}

/** Parse an encrypted tally that has the shape of the election. */
export function parseTally(election: Election, raw: string): Tally {
  const { questions } = election;
  const rows = readExactly(parseCanonical(raw, LARGEST_TALLY), questions.length, (row, at) =>
    readRow(questions[at] as Question, row),
  );
  return { election, rows };
}

function readRow(question: Question, row: unknown): unknown[] {
  const same = (item: unknown): unknown => item;
  if (question.kind === "lists") {
    const { lists } = question;
    return readExactly(row, lists.length, (part, at) =>
      readExactly(part, lists[at]?.length ?? 0, same),
    ).flat();
  }
  if (question.kind === "plain") return readExactly(row, numbersOf(question), same);
  if (!Array.isArray(row)) throw new FormError("list");
  return row;
}

/** What belongs to a question's ciphertexts as JSON holds it: by lists if it has lists. */
export function formatRow<T>(question: Question | undefined, row: readonly T[]): readonly unknown[] {
  return question?.kind === "lists" ? divide(question, row) : row;
}

/** Read one ciphertext; a sum may be the identity. */
export function readCiphertext(value: unknown): Ciphertext {
  const got = readFields(value, "alpha", "beta");
  return { alpha: readPoint(got["alpha"]), beta: readPoint(got["beta"]) };
}
