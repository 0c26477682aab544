/**
 * A trustee's two acts: making her key before the vote, giving her share after it.
 *
 * Her private key is made here, saved by her, and read back from her file; it is never sent.
 * Source: design 6, 0.2, "Trustee"; design 3, sections 4, 10, 13.
 */

import { find, focus, onPress, say, show } from "../dom";
import { ask } from "../helper";
import type { BoxTally } from "../messages";

/** A key file is 80 characters; a wrong file is not read whole. */
const LARGEST_FILE = 1000;

/** Wire making a key: make, save, choose the saved file, give the public half. */
export function wireMakeKey(root: HTMLElement): void {
  const make = find<HTMLButtonElement>("[data-teg-make]", root);
  const link = find<HTMLAnchorElement>("[data-teg-download]", root);
  const form = find<HTMLFormElement>("[data-teg-key-form]", root) ?? find("[data-teg-key-form]");
  const field = form && find<HTMLInputElement>("input[name=public_key]", form);
  const proof = form && find<HTMLInputElement>("[data-teg-proof-file]", form);
  const submit = form && find<HTMLButtonElement>("button[type=submit], button:not([type])", form);
  if (!make || !link || !form || !field || !proof || !submit) return;
  submit.disabled = true;
  let file = "";

  onPress(make, async () => {
    say(root, "working");
    try {
      const name = root.dataset["name"];
      const key = await ask("makeKey", name ? { name } : {});
      file = key.file;
      field.value = key.publicKey;
    } catch {
      say(root, "failed");
      return;
    }
    link.href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
    link.download = root.dataset["file"] ?? "teg-key.privkey";
    say(root, "made");
    // A second key would leave her with a file that fits nothing.
    show(make, false);
    show(link);
    show(form);
    focus(link);
  });

  proof.addEventListener("change", async () => {
    const isSaved = file !== "" && (await readChosen(proof)) === file;
    submit.disabled = !isSaved;
    say(root, isSaved ? "proved" : "wrong-file");
  });
}

/** Wire giving a share of every box's tally. */
export function wireOpenTally(form: HTMLFormElement): void {
  const input = find<HTMLInputElement>("[data-teg-key-file]", form);
  const field = find<HTMLInputElement>("input[name=shares]", form);
  const tally = find("[data-teg-tally]", form) ?? find("[data-teg-tally]");
  if (!input || !field || !tally) return;

  onPress(find("[data-teg-give]", form), async () => {
    const keyFile = await readChosen(input);
    if (keyFile === null) {
      say(form, "wrong-file");
      focus(input);
      return;
    }
    say(form, "working");
    const bar = find<HTMLProgressElement>("progress", form);
    try {
      const { public_key, boxes } = JSON.parse(tally.textContent ?? "") as {
        public_key: string;
        boxes: BoxTally[];
      };
      const takes = { publicKey: public_key, keyFile, boxes };
      const shares = await ask("openTally", takes, (done, of) => {
        if (bar) Object.assign(bar, { max: of, value: done });
      });
      field.value = JSON.stringify(shares);
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      say(form, ["KeyFileError", "WrongKeyError"].includes(name) ? "wrong-file" : "failed");
      return;
    }
    form.submit();
    await new Promise(() => undefined); // one share is enough: the page is about to change
  });
}

async function readChosen(input: HTMLInputElement): Promise<string | null> {
  const file = input.files?.[0];
  return file && file.size <= LARGEST_FILE ? file.text() : null;
}
