/**
 * Questions of three kinds: added up sealed, shuffled and then opened, and with lists.
 *
 * Source: design 3, section 3; the same as `ballots/questions.py`.
 */

import { FormError } from "./errors";
import { readFields, readList, readNumber, readText } from "./json";

/** Most characters of any one text in a record. */
export const LONGEST_TEXT = 20_000;

const MOST_ANSWERS = 50;
const MOST_LISTED = 1000;
/** So many numbers of 8 bits fit into a point. */
const MOST_NUMBERS = 30;

/** Homomorphic: a voter chooses min to max answers, or none at all by blank. */
export interface PlainQuestion {
  readonly kind: "plain";
  readonly answers: readonly string[];
  readonly blank: boolean;
  readonly min: number;
  readonly max: number;
}

/** Non-homomorphic: one number from 0 to 255 for each answer, sealed together. */
export interface ShuffledQuestion {
  readonly kind: "shuffled";
  readonly answers: readonly string[];
}

/** With lists: one of them is chosen, and at least one candidate on it. */
export interface ListsQuestion {
  readonly kind: "lists";
  /** Of each list its own name, then its candidates'. */
  readonly lists: readonly (readonly string[])[];
}

export type Question = PlainQuestion | ShuffledQuestion | ListsQuestion;

/** How many numbers a voter gives: the blank flag first, each list before its candidates. */
export function numbersOf(question: Question): number {
  if (question.kind === "lists") return question.lists.flat().length;
  return question.answers.length + (question.kind === "plain" && question.blank ? 1 : 0);
}

/** Items that belong to the names of a question with lists, list by list. */
export function divide<T>(question: ListsQuestion, items: readonly T[]): [T, ...T[]][] {
  let at = 0;
  return question.lists.map(
    ({ length }) => items.slice(at, (at += length)) as [T, ...T[]],
  );
}

/** Read a question: a homomorphic one stands for itself, unless something is kept beside it. */
export function readQuestion(value: unknown): Question {
  if (!(value instanceof Object && "type" in value)) return readPlain(value);
  const { type, value: inner, ...more } = readFields(value, "type", "value", "extra?");
  if (type === "Homomorphic" && "extra" in more) return readPlain(inner);
  if (type !== "NonHomomorphic" && type !== "Lists") throw new FormError("type");
  const got = readFields(inner, "answers", "question");
  readText(got["question"], LONGEST_TEXT);
  if (type === "NonHomomorphic") {
    return { kind: "shuffled", answers: readNames(got["answers"], MOST_NUMBERS) };
  }
  const lists = readList(got["answers"], MOST_LISTED, (names) => readNames(names, MOST_LISTED));
  const names = lists.flat().length;
  if (names > MOST_LISTED || names === lists.length) throw new FormError("lists");
  return { kind: "lists", lists };
}

function readPlain(value: unknown): PlainQuestion {
  const got = readFields(value, "answers", "blank?", "min", "max", "question");
  const answers = readNames(got["answers"], MOST_ANSWERS);
  const blank = got["blank"] ?? false;
  if (typeof blank !== "boolean") throw new FormError("blank");
  readText(got["question"], LONGEST_TEXT);
  const max = readNumber(got["max"], 1, answers.length);
  return { kind: "plain", answers, blank, min: readNumber(got["min"], 0, max), max };
}

function readNames(value: unknown, most: number): string[] {
  const names = readList(value, most, (item) => readText(item, LONGEST_TEXT));
  if (names.length === 0) throw new FormError("names");
  return names;
}
