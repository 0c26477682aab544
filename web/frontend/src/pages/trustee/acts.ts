/**
 * What a trustee's acts have in common: a button, perhaps her key file, and a form that is
 * filled by the worker and sent.
 */

import { find, findAll, focus, onPress, say } from "../../dom";
import { HelperError } from "../../helper";
import type { Tell } from "../../messages";

/** A key file is 22 or some 80 characters; a wrong file is not read whole. */
const LARGEST_FILE = 1000;

/** Errors that mean that the chosen file is not her key for this election. */
const WRONG_FILE = ["KeyFileError", "WrongKeyError"];

/** One act: which data the page has, which field it fills, and how. */
export interface Act<Data> {
  /** Of the element that holds the page's data as JSON. */
  readonly data: string;
  /** The name of the hidden field. */
  readonly field: string;
  /** Whether she must choose her key file. */
  readonly needsKey: boolean;
  make(data: Data, keyFile: string, tell: Tell): Promise<string>;
  /** The state to say for an error, where it is none of the usual ones. */
  stateOf?(error: HelperError): string | undefined;
}

/** Wire the form of an act. */
export function wireAct<Data>(form: HTMLFormElement, act: Act<Data>): void {
  const input = find<HTMLInputElement>("[data-teg-key-file]", form);
  const field = find<HTMLInputElement>(`input[name="${act.field}"]`, form);
  const data = find(act.data, form) ?? find(act.data);
  if (!field || !data || (act.needsKey && !input)) return;

  onPress(find("[data-teg-give]", form), async () => {
    const keyFile = input ? await readChosen(input) : null;
    if (act.needsKey && keyFile === null) {
      say(form, "wrong-file");
      focus(input);
      return;
    }
    say(form, "working");
    const bar = find<HTMLProgressElement>("progress", form);
    try {
      const read = JSON.parse(data.textContent ?? "") as Data;
      field.value = await act.make(read, keyFile ?? "", (done, of) => {
        if (bar) Object.assign(bar, { max: of, value: done });
      });
    } catch (error) {
      say(form, act.stateOf?.(error as HelperError) ?? stateOf(error));
      sayNumber(form, error);
      return;
    }
    form.submit();
    await new Promise(() => undefined); // once is enough: the page is about to change
  });
}

function stateOf(error: unknown): string {
  return error instanceof Error && WRONG_FILE.includes(error.name) ? "wrong-file" : "failed";
}

/** Which trustee's part is wrong, where the sentence has a place for her number. */
function sayNumber(form: HTMLFormElement, error: unknown): void {
  const index = error instanceof HelperError ? error.index : undefined;
  for (const place of findAll("[data-teg-sender]", form)) place.textContent = `${index ?? ""}`;
}

/** The content of the chosen file; null where there is none, or it is no key file. */
export async function readChosen(input: HTMLInputElement): Promise<string | null> {
  const file = input.files?.[0];
  return file && file.size <= LARGEST_FILE ? file.text() : null;
}
