/**
 * Check your answers, and send: the one place where a ballot leaves the browser.
 *
 * Source: design 6, sections 0 and 0.2; what is sent: design 3, section 6.
 */

import { find, focus, onPress, say, showError } from "../dom";
import type { SealedBallot } from "../crypto/sealing";
import { HelperError } from "../helper";
import { dropChoices, keepTracker, readSecret } from "../tab";
import { choiceOf, showAnswer } from "./answers";
import { ask } from "./ask";

/** A lost answer is asked for again after so many milliseconds; the last pause goes on. */
const PAUSES = [1000, 3000, 10_000, 30_000];
const PATIENCE = 30_000;

type Outcome = "accepted" | "closed" | "refused" | "retry" | "wrong-device";

/** Wire the answers and the Send button. */
export function wireCheck(root: HTMLElement): void {
  const data = root.dataset;
  const election = data["election"] ?? "";
  const box = data["collegeBox"] ?? "";
  const contests = JSON.parse(data["contests"] ?? "[]") as string[];
  const button = find<HTMLButtonElement>("[data-teg-send]", root);
  // Begun when the page is shown, not when she presses: how long it takes may depend on what
  // she chose, and whoever watches the network must not see that. Kept until an answer comes,
  // so that a retry cannot put a second ballot in the box.
  let sealed: Promise<SealedBallot> | undefined;
  let hurry = (): void => undefined;

  const isMissing = (): boolean =>
    contests.some((contest) => choiceOf(election, contest) === undefined);

  const showChoices = (): void => {
    say(root, null);
    for (const contest of contests) {
      const answer = find(`[data-teg-answer="${CSS.escape(contest)}"]`, root);
      if (answer) showAnswer(answer, choiceOf(election, contest));
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
      choices: contests.map((contest) => choiceOf(election, contest) ?? ""),
    });
  };

  const begin = (): Promise<SealedBallot> => {
    const begun = seal();
    begun.catch(() => undefined); // said when she sends
    return begun;
  };

  const send = async (): Promise<void> => {
    if (isMissing()) {
      // Nothing is ever put in her mouth: she is led to the answer that is missing.
      if (find("[data-teg-error]", root)) showError(root);
      else focus(find("[data-choice=none]:not([hidden])", root));
      return;
    }
    say(root, "working");
    for (let lost = 0; ; lost += 1) {
      const outcome = await sendOnce();
      if (outcome === "accepted") {
        dropChoices(election);
        // `replace`: Back then leads to where she was before, not to a page with nothing to send.
        window.location.replace(data["done"] ?? "/");
        await new Promise(() => undefined); // no second press while the page goes
      }
      say(root, outcome);
      if (outcome !== "retry") {
        sealed = undefined;
        return;
      }
      await pause(PAUSES[Math.min(lost, PAUSES.length - 1)] ?? PATIENCE);
    }
  };

  const sendOnce = async (): Promise<Outcome> => {
    sealed ??= begin();
    let ballot: SealedBallot;
    try {
      ballot = await sealed;
    } catch (error) {
      sealed = undefined;
      return outcomeOf(error);
    }
    const outcome = await post(data["post"] ?? "", ballot);
    if (outcome === "accepted") keepTracker(box, ballot.tracker);
    return outcome;
  };

  /** Wait; pressing Send again, or coming back to the network, ends the wait. */
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resume) => {
      button?.removeAttribute("aria-disabled");
      const timer = window.setTimeout(resume, milliseconds);
      hurry = (): void => {
        window.clearTimeout(timer);
        say(root, "working");
        resume();
        hurry = (): void => undefined;
      };
    });

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
    if (isOwn && !isMissing()) sealed ??= begin();
  };

  button?.addEventListener("click", () => hurry());
  window.addEventListener("online", () => hurry());
  onPress(button, send);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  showChoices();
  void requireOwnSecret();
}

function outcomeOf(error: unknown): Outcome {
  const name = error instanceof Error ? error.name : "";
  if (name === "WrongCredentialError" || name === "CredentialFormError") return "wrong-device";
  // Fetching failed, or the worker was lost: worth another try.
  return name === "LostError" || name === "WorkerError" ? "retry" : "refused";
}

async function post(url: string, { ballot, tracker }: SealedBallot): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: ballot,
      headers: { "Content-Type": "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { status } = response;
    if (status >= 500 || status === 429 || status === 408) return "retry";
    const told = (await response.json()) as { tracker?: unknown; error?: unknown };
    // Another tab has voted since these bytes were first sent: they are not put in again.
    if (status === 409) return String(told.error).includes("replay") ? "refused" : "closed";
    if (!response.ok) return "refused";
    // Only an answer that names this very ballot says that it is in the box.
    return told.tracker === tracker ? "accepted" : "retry";
  } catch {
    return "retry";
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
