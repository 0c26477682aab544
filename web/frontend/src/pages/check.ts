/**
 * Check your answers, and send: the one place where a ballot leaves the browser.
 *
 * Source: design 6, sections 0 and 0.2; what is sent: design 3, section 6.
 */

import { find, findAll, focus, onPress, say, show, showError } from "../dom";
import { ask, HelperError } from "../helper";
import type { SealedBallot } from "../crypto/sealing";
import { dropChoices, keepTracker, readChoice, readSecret } from "../tab";

/** A lost answer is asked for again after so many milliseconds, then only when she presses. */
const PAUSES = [1000, 3000];
const PATIENCE = 30_000;

type Outcome = "accepted" | "closed" | "refused" | "lost";

/** Wire the answers and the Send button. */
export function wireCheck(root: HTMLElement): void {
  const data = root.dataset;
  const election = data["election"] ?? "";
  const box = data["collegeBox"] ?? "";
  const contests = JSON.parse(data["contests"] ?? "[]") as string[];
  const button = find<HTMLButtonElement>("[data-teg-send]", root);
  // Kept until an answer comes, so that a retry cannot put a second ballot in the box.
  let sealed: SealedBallot | undefined;

  const showChoices = (): void => {
    sealed = undefined;
    say(root, null);
    for (const contest of contests) {
      const chosen = readChoice(election, contest) ?? "none";
      const answer = find(`[data-teg-answer="${CSS.escape(contest)}"]`, root);
      for (const one of answer ? findAll("[data-choice]", answer) : []) {
        show(one, one.dataset["choice"] === chosen);
      }
    }
  };

  const seal = async (): Promise<SealedBallot> => {
    const sha256 = data["electionObject"] ?? "";
    const object = await fetchBytes(`/objects/${sha256}`);
    return ask("seal", {
      box,
      election: object,
      sha256,
      credential: readSecret() ?? "",
      publicCredential: data["publicCredential"] ?? "",
      choices: contests.map((contest) => readChoice(election, contest) ?? ""),
    });
  };

  const send = async (): Promise<void> => {
    if (contests.some((contest) => readChoice(election, contest) === null)) {
      // Nothing is ever put in her mouth: she is led to the answer that is missing.
      if (find("[data-teg-error]", root)) showError(root);
      else focus(find("[data-choice=none]:not([hidden])", root));
      return;
    }
    say(root, "working");
    try {
      sealed ??= await seal();
    } catch (error) {
      say(root, refusalOf(error));
      return;
    }
    const outcome = await post(data["post"] ?? "", sealed);
    if (outcome === "lost") {
      say(root, "retry");
      return;
    }
    if (outcome === "accepted") {
      keepTracker(box, sealed.tracker);
      dropChoices(election);
      // `replace`: Back then leads to where she was before, not to a page with nothing to send.
      window.location.replace(data["done"] ?? "/");
      await new Promise(() => undefined); // the button stays out of use until the page is gone
    }
    sealed = undefined;
    say(root, outcome);
  };

  const requireOwnSecret = async (): Promise<void> => {
    const credential = readSecret();
    let isOwn = false;
    try {
      isOwn =
        credential !== null &&
        (await ask("publicCredential", { box, credential })) === data["publicCredential"];
    } catch (error) {
      if (error instanceof HelperError && error.name === "WorkerError") return;
    }
    if (!isOwn) say(root, "wrong-device");
    if (button) button.hidden = !isOwn;
  };

  onPress(button, send);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  showChoices();
  void requireOwnSecret();
}

function refusalOf(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "WrongCredentialError" || name === "CredentialFormError") return "wrong-device";
  // Fetching failed, or the worker was lost: worth another try.
  if (name === "LostError" || name === "WorkerError") return "retry";
  return "refused";
}

/** Send the same bytes until there is an answer, a few times. */
async function post(url: string, sealed: SealedBallot): Promise<Outcome> {
  for (const pause of [...PAUSES, null]) {
    const outcome = await postOnce(url, sealed);
    if (outcome !== "lost" || pause === null) return outcome;
    await new Promise((resume) => window.setTimeout(resume, pause));
  }
  return "lost";
}

async function postOnce(url: string, { ballot, tracker }: SealedBallot): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: ballot,
      headers: { "Content-Type": "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status === 409) return "closed";
    if (response.status >= 500 || response.status === 429 || response.status === 408) return "lost";
    if (!response.ok) return "refused";
    // Only an answer that names this very ballot says that it is in the box.
    const receipt = (await response.json()) as { tracker?: unknown };
    return receipt.tracker === tracker ? "accepted" : "lost";
  } catch {
    return "lost";
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch {
    // as if it had not been there
  }
  throw new HelperError("LostError");
}
