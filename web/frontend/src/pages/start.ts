/**
 * The start page of a personal link: `…/start#<secret>`.
 *
 * The secret stays in this tab; only a code made from it by hash is posted.
 * Source: design 2, "The personal link"; design 6, 0.2, "Vote".
 */

import { find, show } from "../dom";
import { ask } from "./ask";
import { keepSecret, readSecret } from "../tab";

/** Letters, digits and dashes, as links carry them; shorter ones are no secret. */
const SECRET = /^[0-9A-Za-z_-]{20,200}$/;

/** Wire the form that begins. */
export function wireStart(form: HTMLFormElement): void {
  const code = find<HTMLInputElement>("input[name=code]", form);
  const button = find<HTMLButtonElement>("button[type=submit], button:not([type])", form);
  if (!code || !button) return;

  const begin = async (): Promise<void> => {
    button.disabled = true;
    takeSecret();
    const secret = readSecret();
    show(find("[data-teg-no-secret]"), secret === null);
    show(form, secret !== null);
    if (secret === null) return;
    try {
      code.value = await ask("signInCode", { secret });
      button.disabled = false;
    } catch {
      // The sentence for browsers that cannot do this: page.ts hid it when it saw that scripts run.
      show(find("[data-teg-needs-script]"));
    }
  };

  // A second personal link opened in the same tab changes only the fragment.
  window.addEventListener("hashchange", () => void begin());
  void begin();
}

/** Move a secret from the address to this tab's memory, so that it is not seen or shared. */
function takeSecret(): void {
  const fragment = window.location.hash.slice(1);
  // The skip link leaves a fragment as well; that one names a place in the page.
  if (!SECRET.test(fragment) || document.getElementById(fragment)) return;
  keepSecret(fragment);
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
}
