/**
 * The controls of one contest, and the numbers that they stand for.
 *
 * Nothing here changes what a voter pressed: it reads, and says what does not go together.
 * Source: design 3, section 6; design 6, section 0 and A 4 to 9.
 */

import { findAll } from "../dom";

/** What does not go together; each has its sentences on the page. */
export type Fault = "none" | "too-many" | "blank-too" | "gap" | "repeat" | "not-a-number";

/** Faults that are said at once; the others would scold her while she is still filling in. */
export const SAID_AT_ONCE: readonly Fault[] = ["too-many", "blank-too", "repeat"];

/** What the controls say now. */
export interface Reading {
  /** How many are chosen, numbered or marked. */
  readonly count: number;
  /** Whether something is left out that will get the lowest mark. */
  readonly isLeftOut: boolean;
  readonly faults: readonly Fault[];
  /** What to keep: a motion's choice, or the numbers that are sealed, as JSON. */
  readonly choice: string;
}

type Form = (root: HTMLElement, size: number) => Omit<Reading, "faults"> & { faults: Fault[] };

/** Read the controls of a contest. */
export function readForm(root: HTMLElement): Reading {
  const { form = "motion", options = "0" } = root.dataset;
  return (FORMS[form] ?? readMotion)(root, Number(options));
}

const FORMS: Record<string, Form> = {
  motion: readMotion,
  one: readOne,
  several: readSeveral,
  approval: readSeveral,
  ranked: readRanked,
  scored: readMarked,
  graded: readMarked,
};

/** The values of pressed radios or boxes of a name. */
function pressed(root: HTMLElement, name: string): string[] {
  return findAll<HTMLInputElement>(`input[name="${name}"]:checked`, root).map(({ value }) => value);
}

function isBlank(root: HTMLElement): boolean {
  return pressed(root, "blank").length > 0;
}

/** Numbers of all options, from what each is given. */
function eachOption(size: number, give: (option: number) => number): number[] {
  return Array.from({ length: size }, (_, at) => give(at + 1));
}

/** The faults that every form has: nothing at all, or blank and something. */
function usualFaults(count: number, blank: boolean): Fault[] {
  if (blank) return count > 0 ? ["blank-too"] : [];
  return count > 0 ? [] : ["none"];
}

function readMotion(root: HTMLElement): ReturnType<Form> {
  const [choice = ""] = pressed(root, "choice");
  const count = choice ? 1 : 0;
  return { count, isLeftOut: false, faults: usualFaults(count, false), choice };
}

function readOne(root: HTMLElement, size: number): ReturnType<Form> {
  const [value] = pressed(root, "choice");
  const blank = value === "blank";
  const count = value && !blank ? 1 : 0;
  return flags(size, blank, count, (option) => value === `${option}`);
}

function readSeveral(root: HTMLElement, size: number): ReturnType<Form> {
  const chosen = pressed(root, "option");
  const read = flags(size, isBlank(root), chosen.length, (option) => chosen.includes(`${option}`));
  if (chosen.length > Number(root.dataset["most"] || size)) read.faults.push("too-many");
  return read;
}

/** Flags with the one of blank first. */
function flags(
  size: number,
  blank: boolean,
  count: number,
  isChosen: (option: number) => boolean,
): ReturnType<Form> {
  const numbers = [blank ? 1 : 0, ...eachOption(size, (option) => (isChosen(option) ? 1 : 0))];
  const choice = JSON.stringify(numbers);
  return { count, isLeftOut: false, faults: usualFaults(count, blank), choice };
}

/** An option's number, as typed: undefined where there is none, NaN where it is no number. */
export function readRank(root: HTMLElement, option: number): number | undefined {
  const typed = rankField(root, option)?.value.trim() ?? "";
  if (typed === "") return undefined;
  return /^[1-9][0-9]?$/.test(typed) ? Number(typed) : NaN;
}

/** Where an option's number is typed. */
export function rankField(root: HTMLElement, option: number): HTMLInputElement | null {
  return root.querySelector(`input[name="rank-${option}"]`);
}

function readRanked(root: HTMLElement, size: number): ReturnType<Form> {
  const numbers = eachOption(size, (option) => readRank(root, option) ?? 0);
  const given = numbers.filter((number) => number !== 0);
  const faults = usualFaults(given.length, isBlank(root));
  const good = given.filter((number) => !Number.isNaN(number));
  const isRepeated = new Set(good).size < good.length;
  if (good.length < given.length) faults.push("not-a-number");
  if (isRepeated) faults.push("repeat");
  // 1 to k without a hole; where two are the same or one is none, that is said and not this.
  else if (good.length === given.length && good.some((n) => n > given.length)) faults.push("gap");
  return { count: given.length, isLeftOut: false, faults, choice: JSON.stringify(numbers) };
}

/** Scores are sealed from 1, and a grade is its place, the best one 1: zero would be blank. */
function readMarked(root: HTMLElement, size: number): ReturnType<Form> {
  const isScored = root.dataset["form"] === "scored";
  const lowest = isScored ? 1 : Number(root.dataset["grades"]);
  const marks = eachOption(size, (option) => {
    const [mark] = pressed(root, `mark-${option}`);
    return mark === undefined ? 0 : Number(mark) + (isScored ? 1 : 0);
  });
  const count = marks.filter((mark) => mark !== 0).length;
  const blank = isBlank(root);
  const numbers = marks.map((mark) => (blank ? 0 : mark || lowest));
  return {
    count,
    isLeftOut: !blank && count > 0 && count < size,
    faults: usualFaults(count, blank),
    choice: JSON.stringify(numbers),
  };
}
