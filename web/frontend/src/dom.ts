/** Small things that every page needs: finding, showing, saying. */

/** The first element below `within` that matches, if there is one. */
export function find<T extends HTMLElement>(selector: string, within: ParentNode = document): T | null {
  return within.querySelector<T>(selector);
}

/** All elements below `within` that match. */
export function findAll<T extends HTMLElement>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

/** Show or hide an element. */
export function show(element: HTMLElement | null, shown = true): void {
  if (element) element.hidden = !shown;
}

/** Move the focus to something that is not a control. */
export function focus(element: HTMLElement | null): void {
  if (!element) return;
  if (!element.matches("a[href], button, input")) element.tabIndex = -1;
  element.focus();
}

/** Of the sentences in the page's status, say just this one, or none. */
export function say(root: ParentNode, state: string | null): void {
  const status = find("[data-teg-status]", root) ?? find("[data-teg-status]");
  if (!status) return;
  for (const sentence of findAll("[data-state]", status)) {
    show(sentence, sentence.dataset["state"] === state);
  }
}

/** Show an error summary and put the focus in it; the page's title says so too. */
export function showError(root: HTMLElement): void {
  const summary = find("[data-teg-error]", root) ?? find("[data-teg-error]");
  show(summary);
  for (const message of findAll("[data-teg-field-error]", root)) {
    show(message);
    message.closest(".govuk-form-group")?.classList.add("govuk-form-group--error");
    describe(message.closest("fieldset"), message.id);
  }
  const title = root.dataset["errorTitle"];
  root.dataset["title"] ??= document.title;
  if (title) document.title = title;
  focus(summary);
}

/** Take the error back: what was wrong is mended. */
export function hideError(root: HTMLElement): void {
  show(find("[data-teg-error]", root), false);
  document.title = root.dataset["title"] ?? document.title;
  for (const message of findAll("[data-teg-field-error]", root)) {
    show(message, false);
    message.closest(".govuk-form-group")?.classList.remove("govuk-form-group--error");
    describe(message.closest("fieldset"), message.id, false);
  }
}

/** Let an element be described by a message, or not. Not from the start: hidden words would be read. */
function describe(element: Element | null, id: string, described = true): void {
  const ids = element?.getAttribute("aria-describedby")?.split(" ") ?? [];
  const others = ids.filter((one) => one !== id);
  element?.setAttribute("aria-describedby", (described ? [...others, id] : others).join(" "));
}

/** Run work for presses of a button, one at a time: presses meanwhile do nothing. */
export function onPress(button: HTMLElement | null, work: () => Promise<void> | void): void {
  let busy = false;
  button?.addEventListener("click", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    // Not `disabled`: that would take the focus from whoever pressed it.
    button.setAttribute("aria-disabled", "true");
    try {
      await work();
    } finally {
      busy = false;
      button.removeAttribute("aria-disabled");
    }
  });
}

/** What to do with the elements that match. */
export type Hooks = readonly (readonly [selector: string, wire: (element: never) => void])[];

/** Wire whatever hooks the page has. */
export function wireHooks(hooks: Hooks): void {
  for (const [selector, wire] of hooks) {
    for (const element of findAll(selector)) wire(element as never);
  }
}
