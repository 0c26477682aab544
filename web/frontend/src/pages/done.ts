/**
 * Afterwards: whether the page speaks of the ballot that this tab sent.
 *
 * A service that showed the same tracker to two people could drop one of their ballots; each
 * would find "hers" in the box. So the tab compares. Source: design 8.
 */

import { find, show } from "../dom";
import { readTracker } from "../tab";

/** Compare the tracker on the page with the one that was sent from here. */
export function wireDone(root: HTMLElement): void {
  const sent = readTracker(root.dataset["collegeBox"] ?? "");
  const shown = root.dataset["tegTracker"];
  show(find("[data-teg-tracker-differs]"), sent !== null && sent !== shown);
}
