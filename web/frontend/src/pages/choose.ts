/**
 * One contest: the choice is kept in this tab and goes nowhere else.
 *
 * There is no form, so that nothing can be posted. Source: design 6, sections 0 and 0.2.
 */

import { find, findAll, hideError, onPress, show, showError } from "../dom";
import { dropChoice, keepChoice, keepDraft, readDraft } from "../tab";
import { readForm, SAID_AT_ONCE, type Fault, type Reading } from "./ballot-forms";
import { wireRanking } from "./ranking";

/** Wire the controls of a contest and the Continue button. */
export function wireChoose(root: HTMLElement): void {
  const { election = "", contest = "", next = "" } = root.dataset;
  const controls = findAll<HTMLInputElement>("input", root);
  // What was said of the last press of Continue is taken back as soon as it is mended.
  let said: readonly Fault[] = [];

  const tell = (reading: Reading): void => {
    const wasWrong = said.length > 0;
    said = said.filter((fault) => reading.faults.includes(fault));
    if (wasWrong && said.length === 0) hideError(root);
    const now = reading.faults.filter((fault) => SAID_AT_ONCE.includes(fault));
    sayFaults(root, [...said, ...now]);
    show(find("[data-teg-left-out]", root), reading.isLeftOut);
    for (const counted of findAll("[data-teg-count]", root)) {
      const words = counted.dataset["words"]?.replace("{n}", reading.count.toString()) ?? "";
      if (counted.textContent !== words) counted.textContent = words;
    }
  };

  // Kept at once: the language link and Back must not lose it.
  const changed = (): void => {
    const reading = readForm(root);
    keepDraft(election, contest, writeDraft(controls));
    if (reading.faults.length > 0) dropChoice(election, contest);
    else keepChoice(election, contest, reading.choice);
    tell(reading);
  };

  const restore = (): void => {
    restoreDraft(controls, readDraft(election, contest));
    tell(readForm(root));
  };

  for (const control of controls) control.addEventListener("input", changed);
  wireRanking(root, changed);
  // A pressed radio cannot be pressed out again: without this nobody could take a mark back.
  find("[data-teg-clear]", root)?.addEventListener("click", () => {
    restoreDraft(controls, null);
    changed();
  });
  onPress(find("[data-teg-continue]", root), () => {
    const { faults } = readForm(root);
    if (faults.length > 0) {
      said = faults;
      sayFaults(root, faults);
      showError(root);
      return;
    }
    changed();
    window.location.assign(next);
  });
  // Browsers put back what was pressed before, also after a vote was sent: storage is the truth.
  window.addEventListener("pageshow", restore);
  restore();
}

const SENTENCES: Record<Fault, string> = {
  none: "[data-teg-none]",
  "too-many": "[data-teg-too-many]",
  "blank-too": "[data-teg-blank-too]",
  gap: "[data-teg-rank-error=gap]",
  repeat: "[data-teg-rank-error=repeat]",
  "not-a-number": "[data-teg-rank-error=not-a-number]",
};

function sayFaults(root: HTMLElement, faults: readonly Fault[]): void {
  for (const [fault, selector] of Object.entries(SENTENCES)) {
    for (const sentence of findAll(selector, root)) show(sentence, faults.includes(fault as Fault));
  }
}

/** What is pressed and typed, whether it goes together or not. */
function writeDraft(controls: readonly HTMLInputElement[]): string {
  const given = controls.filter((one) => (isPressed(one) ? one.checked : one.value !== ""));
  return JSON.stringify(given.map(({ name, value }) => [name, value]));
}

function restoreDraft(controls: readonly HTMLInputElement[], draft: string | null): void {
  const given = JSON.parse(draft ?? "[]") as [string, string][];
  for (const control of controls) {
    const own = given.filter(([name]) => name === control.name).map(([, value]) => value);
    if (isPressed(control)) control.checked = own.includes(control.value);
    else control.value = own[0] ?? "";
  }
}

function isPressed({ type }: HTMLInputElement): boolean {
  return type === "radio" || type === "checkbox";
}
