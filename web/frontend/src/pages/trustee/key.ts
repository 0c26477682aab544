/**
 * A trustee's first visit: her key is made here, saved twice by her, and both copies read back.
 *
 * Her private half is never sent. Source: design 6, 0.2, "Trustee"; design 3, section 4.
 */

import { find, findAll, focus, onPress, say, show } from "../../dom";
import type { Seat } from "../../crypto/seeds";
import { readChosen } from "./acts";
import { ask } from "./ask";

/** What is saved, and what is given: a value for each hidden field. */
interface Made {
  readonly file: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Wire making a key: make, save twice, choose both saved files, give the public half. */
export function wireMakeKey(root: HTMLElement): void {
  const make = find<HTMLButtonElement>("[data-teg-make]", root);
  const links = findAll<HTMLAnchorElement>("[data-teg-download]", root);
  const form = find<HTMLFormElement>("[data-teg-key-form]", root) ?? find("[data-teg-key-form]");
  const proofs = form ? findAll<HTMLInputElement>("[data-teg-proof-file]", form) : [];
  const submit = form && find<HTMLButtonElement>("button[type=submit], button:not([type])", form);
  if (!make || !form || !submit || links.length === 0 || proofs.length === 0) return;
  submit.disabled = true;
  let file = "";

  onPress(make, async () => {
    say(root, "working");
    try {
      const made = await makeKey(root.dataset);
      for (const [name, value] of Object.entries(made.fields)) {
        const field = find<HTMLInputElement>(`input[name="${name}"]`, form);
        if (!field) throw new Error(name);
        field.value = value;
      }
      file = made.file;
    } catch {
      say(root, "failed");
      return;
    }
    for (const link of links) {
      link.href = URL.createObjectURL(new Blob([file], { type: "application/octet-stream" }));
      link.download = root.dataset["file"] ?? "teg-key.privkey";
      show(link);
    }
    say(root, "made");
    // A second key would leave her with a file that fits nothing.
    show(make, false);
    show(form);
    focus(links[0] ?? null);
  });

  for (const proof of proofs) {
    proof.addEventListener("change", async () => {
      const read = await Promise.all(proofs.map(readChosen));
      const chosen = proofs.filter(({ files }) => files?.length).length;
      const right = read.filter((content) => file !== "" && content === file).length;
      submit.disabled = right < proofs.length;
      say(root, right < chosen ? "wrong-file" : right < proofs.length ? "proved-one" : "proved");
    });
  }
}

async function makeKey({ kind, name, election, context }: DOMStringMap): Promise<Made> {
  if (kind !== "threshold") {
    const key = await ask("makeKey", name ? { name } : {});
    return { file: key.file, fields: { public_key: key.publicKey } };
  }
  const seat = JSON.parse(context ?? "") as Seat;
  const made = await ask("makeCertificate", { election: election ?? "", seat });
  return {
    file: made.file,
    fields: { certificate: made.certificate, commitment: made.commitment },
  };
}
