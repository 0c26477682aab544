/**
 * Showing what was chosen, before it is sent.
 *
 * Source: design 6, A 10.
 */

import { find, findAll, show } from "../dom";
import type { Choice } from "../crypto/choices";
import { readChoice } from "../tab";

/** What is sealed for a contest; undefined where nothing is chosen. */
export function choiceOf(election: string, contest: string): Choice | undefined {
  const kept = readChoice(election, contest);
  if (!kept?.startsWith("[")) return kept ?? undefined;
  return JSON.parse(kept) as number[];
}

/** Show a contest's answer. */
export function showAnswer(answer: HTMLElement, choice: Choice | undefined): void {
  const numbers = typeof choice === "object" ? choice : [];
  const form = answer.dataset["form"] ?? "motion";
  const isFlags = form === "one" || form === "several" || form === "approval";
  const isBlank = isFlags ? numbers[0] === 1 : numbers.every((number) => number === 0);
  const said = choice === undefined ? "none" : isBlank ? "blank" : "";
  const word = typeof choice === "string" ? choice : said;
  for (const one of findAll("[data-choice]", answer)) show(one, one.dataset["choice"] === word);

  const options = isFlags ? numbers.slice(1) : numbers;
  const grades = JSON.parse(answer.dataset["grades"] ?? "[]") as string[];
  const items = findAll("[data-option]", answer);
  const numberOf = (item: HTMLElement): number => options[Number(item.dataset["option"]) - 1] ?? 0;
  for (const item of items) {
    const number = numberOf(item);
    show(item, number > 0);
    const place = find("[data-number]", item);
    if (!place) continue;
    if (form === "scored") place.textContent = `${number - 1}`;
    else place.textContent = grades[number - 1] ?? `${number}`;
  }
  if (form === "ranked") {
    // Here, where nothing can be pressed, they stand in her order.
    items.sort((one, other) => numberOf(one) - numberOf(other));
    for (const item of items) item.parentElement?.append(item);
  }
}
