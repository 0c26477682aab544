/**
 * One contest: the choice is kept in this tab and goes nowhere else.
 *
 * There is no form, so that nothing can be posted. Source: design 6, sections 0 and 0.2.
 */

import { find, findAll, onPress, showError } from "../dom";
import { keepChoice, readChoice } from "../tab";

/** Wire the radios and the Continue button. */
export function wireChoose(root: HTMLElement): void {
  const { election = "", contest = "", next = "" } = root.dataset;
  const radios = findAll<HTMLInputElement>("input[name=choice]", root);

  const restore = (): void => {
    const kept = readChoice(election, contest);
    for (const radio of radios) radio.checked = radio.value === kept;
  };
  for (const radio of radios) {
    // Kept at once: the language link and Back must not lose it.
    radio.addEventListener("change", () => keepChoice(election, contest, radio.value));
  }
  onPress(find("[data-teg-continue]", root), () => {
    const chosen = radios.find((radio) => radio.checked);
    if (!chosen) {
      showError(root);
      return;
    }
    keepChoice(election, contest, chosen.value);
    window.location.assign(next);
  });
  // Browsers put back what was pressed before, also after a vote was sent: storage is the truth.
  window.addEventListener("pageshow", restore);
  restore();
}
