/**
 * After the vote: shuffling the ballots, and opening the tally; rehearsing is opening, too.
 *
 * Source: design 6, 0.2, "Trustee"; design 3, sections 9, 10, 13.
 */

import type { BoxTally } from "../../tasks";
import { wireAct } from "./acts";
import { ask } from "./ask";

interface ToOpen {
  readonly public_key: string;
  readonly sealed_key?: string | null;
  readonly boxes: readonly BoxTally[];
}

/** Wire giving a share of every box's tally. */
export function wireOpenTally(form: HTMLFormElement): void {
  wireAct<ToOpen>(form, {
    data: "[data-teg-tally]",
    field: "shares",
    needsKey: true,
    async make({ public_key, sealed_key = null, boxes }, keyFile, tell) {
      const takes = { publicKey: public_key, keyFile, sealedKey: sealed_key, boxes };
      return JSON.stringify(await ask("openTally", takes, tell));
    },
  });
}

/** Wire shuffling every box's ballots. */
export function wireShuffle(form: HTMLFormElement): void {
  wireAct<Pick<ToOpen, "boxes">>(form, {
    data: "[data-teg-tally]",
    field: "shuffles",
    needsKey: false,
    make: async ({ boxes }, _, tell) => JSON.stringify(await ask("shuffle", { boxes }, tell)),
  });
}
