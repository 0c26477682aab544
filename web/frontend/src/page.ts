/**
 * The script of every page: it wires whatever hooks the page has.
 *
 * Without it every page can be read and every form but sealing works. Hooks:
 * docs/running/building.md.
 */

import { find, findAll, focus, show, wireHooks, type Hooks } from "./dom";
import { wireCheck } from "./pages/check";
import { wireChoose } from "./pages/choose";
import { wireDone } from "./pages/done";
import { wireStart } from "./pages/start";
import { forgetAll } from "./tab";

const hooks: Hooks = [
  ["[data-teg-start]", wireStart],
  ["[data-teg-choose]", wireChoose],
  ["[data-teg-check]", wireCheck],
  ["[data-teg-tracker]", wireDone],
  ["[data-teg-focus]", focus],
  [".govuk-error-summary a[href^='#']", wireErrorLink],
  ["form[method=post]", wireForm],
  ["[data-teg-leave]", wireLeave],
  ["[data-teg-print]", wirePrint],
];

/** A link of an error summary leads to the control that is wrong, with its question in sight. */
function wireErrorLink(link: HTMLAnchorElement): void {
  link.addEventListener("click", (event) => {
    const control = document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const question = control.closest("fieldset") ?? find(`label[for="${CSS.escape(control.id)}"]`);
    (question ?? control).scrollIntoView();
    control.focus({ preventScroll: true });
  });
}

/** A second press within a second is a slip of the hand, not a second wish. */
function wireForm(form: HTMLFormElement): void {
  let sent = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sent < 1000) event.preventDefault();
    else sent = event.timeStamp;
  });
}

/** Leaving: the next person at this device finds nothing. */
function wireLeave(control: HTMLElement): void {
  control.addEventListener(control instanceof HTMLFormElement ? "submit" : "click", forgetAll);
}

function wirePrint(button: HTMLElement): void {
  show(button);
  button.addEventListener("click", () => window.print());
}

for (const element of findAll("[data-teg-needs-script]")) show(element, false);
wireHooks(hooks);
