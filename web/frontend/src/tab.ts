/**
 * What this tab remembers: the secret of a personal link, and choices until they are sent.
 *
 * sessionStorage only: it ends with the tab, and no other tab or server sees it.
 * Source: design 2, "The personal link".
 */

const SECRET = "teg.secret";
const CHOICE = "teg.choice.";
const DRAFT = "teg.draft.";
const TRACKER = "teg.tracker.";

function store(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined; // switched off in this browser
  }
}

function keys(start: string): string[] {
  return Object.keys(store() ?? {}).filter((key) => key.startsWith(start));
}

/** The secret, if this tab has one. */
export function readSecret(): string | null {
  return store()?.getItem(SECRET) ?? null;
}

/** Keep a secret; another person's choices in this tab are forgotten first. */
export function keepSecret(secret: string): void {
  if (readSecret() !== secret) forgetAll();
  store()?.setItem(SECRET, secret);
}

/** The choice made in a contest, if there is one. */
export function readChoice(election: string, contest: string): string | null {
  return store()?.getItem(`${CHOICE}${election}.${contest}`) ?? null;
}

/** Keep the choice made in a contest. */
export function keepChoice(election: string, contest: string, choice: string): void {
  store()?.setItem(`${CHOICE}${election}.${contest}`, choice);
}

/** Forget the choice made in a contest: what is pressed now does not go together. */
export function dropChoice(election: string, contest: string): void {
  store()?.removeItem(`${CHOICE}${election}.${contest}`);
}

/** What is pressed in a contest, if anything was. */
export function readDraft(election: string, contest: string): string | null {
  return store()?.getItem(`${DRAFT}${election}.${contest}`) ?? null;
}

/** Keep what is pressed in a contest, also where it does not go together. */
export function keepDraft(election: string, contest: string, draft: string): void {
  store()?.setItem(`${DRAFT}${election}.${contest}`, draft);
}

/** Forget all choices in an election: they have been sent. */
export function dropChoices(election: string): void {
  for (const start of [CHOICE, DRAFT]) {
    for (const key of keys(`${start}${election}.`)) store()?.removeItem(key);
  }
}

/** Remember which ballot this tab sent to a box. */
export function keepTracker(box: string, tracker: string): void {
  store()?.setItem(TRACKER + box, tracker);
}

/** The tracker of the ballot that this tab sent last to a box. */
export function readTracker(box: string): string | null {
  return store()?.getItem(TRACKER + box) ?? null;
}

/** Forget everything: she has left. */
export function forgetAll(): void {
  for (const key of keys("teg.")) store()?.removeItem(key);
}
