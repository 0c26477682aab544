/**
 * Numbering options with buttons: "higher" and "lower" change numbers, and nothing moves.
 *
 * Source: design 6, D 33 (never drag only, never re-order by itself).
 */

import { find, findAll } from "../dom";
import { rankField, readRank } from "./ballot-forms";

/** Wire the buttons of a ranked contest; `changed` is told after each press. */
export function wireRanking(root: HTMLElement, changed: () => void): void {
  const size = Number(root.dataset["options"]);
  for (const [name, move] of [["tegHigher", raiseOption], ["tegLower", lowerOption]] as const) {
    const attribute = name === "tegHigher" ? "[data-teg-higher]" : "[data-teg-lower]";
    for (const button of findAll(attribute, root)) {
      button.addEventListener("click", () => {
        const option = Number(button.dataset[name]);
        move(root, option, size);
        changed();
        sayRank(root, option);
      });
    }
  }
}

/** Say the number that an option has now, to whoever does not see the box. */
function sayRank(root: HTMLElement, option: number): void {
  const said = find("[data-teg-moved]", root);
  const field = rankField(root, option);
  if (!said || !field) return;
  const name = field.labels?.[0]?.textContent ?? "";
  said.textContent = `${name}: ${field.value || (said.dataset["none"] ?? "")}`;
}

/** One place up: whoever has that place takes hers. Without a number she gets the next one. */
function raiseOption(root: HTMLElement, option: number, size: number): void {
  const rank = rankOf(root, option);
  if (rank === undefined) give(root, option, ranks(root, size).size + 1);
  else if (rank > 1) swap(root, option, rank, rank - 1, size);
}

/** One place down; below the last one is no number. */
function lowerOption(root: HTMLElement, option: number, size: number): void {
  const rank = rankOf(root, option);
  if (rank === undefined) return;
  if (rank >= Math.max(...ranks(root, size).values())) give(root, option, undefined);
  else swap(root, option, rank, rank + 1, size);
}

function swap(root: HTMLElement, option: number, from: number, to: number, size: number): void {
  const other = [...ranks(root, size)].find(([, rank]) => rank === to)?.[0];
  give(root, option, to);
  if (other !== undefined) give(root, other, from);
}

/** The options that have a number. */
function ranks(root: HTMLElement, size: number): Map<number, number> {
  const all = new Map<number, number>();
  for (let option = 1; option <= size; option += 1) {
    const rank = rankOf(root, option);
    if (rank !== undefined) all.set(option, rank);
  }
  return all;
}

function rankOf(root: HTMLElement, option: number): number | undefined {
  return readRank(root, option) || undefined; // what is typed and no number is none
}

function give(root: HTMLElement, option: number, rank: number | undefined): void {
  const field = rankField(root, option);
  if (field) field.value = rank?.toString() ?? "";
}
