/**
 * The script of every page: it wires whatever hooks the page has.
 *
 * Without it every page can be read and every form but sealing works. Hooks:
 * docs/running/building.md.
 */

import { Button, ErrorSummary, NotificationBanner, SkipLink } from "./govuk";
import { findAll, show } from "./dom";
import { wireCheck } from "./pages/check";
import { wireChoose } from "./pages/choose";
import { wireDone } from "./pages/done";
import { wireStart } from "./pages/start";
import { wireMakeKey, wireOpenTally } from "./pages/trustee";
import { forgetAll } from "./tab";

const hooks: readonly [string, (element: never) => void][] = [
  ["[data-teg-start]", wireStart],
  ["[data-teg-choose]", wireChoose],
  ["[data-teg-check]", wireCheck],
  ["[data-teg-tracker]", wireDone],
  ["[data-teg-make-key]", wireMakeKey],
  ["[data-teg-open-tally]", wireOpenTally],
  ["[data-teg-leave]", wireLeave],
  ["[data-teg-print]", wirePrint],
];

function wireLeave(control: HTMLElement): void {
  control.addEventListener(control instanceof HTMLFormElement ? "submit" : "click", forgetAll);
}

function wirePrint(button: HTMLElement): void {
  show(button);
  button.addEventListener("click", () => window.print());
}

// govuk-frontend's own components look for this class before they do anything.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, ErrorSummary, NotificationBanner, SkipLink]) {
  for (const root of findAll(`[data-module="${component.moduleName}"]`)) new component(root);
}
for (const element of findAll("[data-teg-needs-script]")) show(element, false);
for (const [selector, wire] of hooks) {
  for (const element of findAll(selector)) wire(element as never);
}
