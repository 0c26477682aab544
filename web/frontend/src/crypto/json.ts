/**
 * Reading outside JSON strictly: what is accepted is written back to the same characters.
 *
 * Source: design 3, sections 2 and 13 ("The strict rule").
 */

import { fromUtf8 } from "./bytes";
import { FormError } from "./errors";

/** Most characters that are read at all: an election of 50 questions in long texts. */
export const LARGEST_JSON: number = 2 ** 20;

/** Parse canonical JSON; repeated fields, white space and other number forms are refused. */
export function parseCanonical(text: string, largest: number = LARGEST_JSON): unknown {
  if (text.length > largest) throw new FormError("too large");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FormError("not JSON");
  }
  if (JSON.stringify(value) !== text) throw new FormError("not canonical");
  return value;
}

/** Parse canonical JSON from bytes. */
export function parseCanonicalBytes(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = fromUtf8(bytes);
  } catch {
    throw new FormError("not UTF-8");
  }
  return parseCanonical(text);
}

/** Take an object apart that has these fields in this order; those marked `?` may be missing. */
export function readFields(value: unknown, ...names: string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FormError("object");
  }
  const fields = Object.keys(value);
  const expected = names
    .filter((name) => !name.endsWith("?") || fields.includes(name.slice(0, -1)))
    .map((name) => name.replace("?", ""));
  if (fields.join() !== expected.join()) throw new FormError(`fields ${fields.join()}`);
  return value as Record<string, unknown>;
}

/** Read a list of exactly `count` items. */
export function readExactly<T>(
  value: unknown,
  count: number,
  read: (item: unknown, index: number) => T,
): T[] {
  if (!Array.isArray(value) || value.length !== count) throw new FormError("list");
  return value.map(read);
}

/** Read a list of at most `most` items. */
export function readList<T>(value: unknown, most: number, read: (item: unknown) => T): T[] {
  if (!Array.isArray(value) || value.length > most) throw new FormError("list");
  return value.map(read);
}

/** Read a text of at most `most` characters. */
export function readText(value: unknown, most: number): string {
  if (typeof value !== "string" || value.length > most) throw new FormError("text");
  return value;
}

/** Read a whole number within bounds. */
export function readNumber(value: unknown, least: number, most: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw new FormError("number");
  }
  return value;
}
