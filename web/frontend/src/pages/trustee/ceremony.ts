/**
 * Making a key together: a trustee's second and third visit.
 *
 * Source: design 3, section 4; design 6, 0.2, "Trustee".
 */

import type { Ceremony } from "../../crypto/rounds";
import { wireAct } from "./acts";
import { ask } from "./ask";

/** Errors of the page's own data, of which no trustee can be blamed. */
const OWN = 0;

/** Wire sending a secret to each other trustee. */
export function wireMakePolynomial(form: HTMLFormElement): void {
  wireAct<Ceremony>(form, {
    data: "[data-teg-ceremony]",
    field: "polynomial",
    needsKey: true,
    make: (ceremony, keyFile) => ask("makePolynomial", { keyFile, ceremony }),
  });
}

/** Wire opening the secrets that the others sent. */
export function wireMakeVerificationKey(form: HTMLFormElement): void {
  wireAct<Ceremony & { gathered: string }>(form, {
    data: "[data-teg-ceremony]",
    field: "key",
    needsKey: true,
    make: ({ gathered, ...ceremony }, keyFile) =>
      ask("makeVerificationKey", { keyFile, ceremony, gathered }),
    stateOf: ({ name, index = OWN }) => {
      if (index === OWN) return undefined;
      return name === "RevealedError" ? "not-committed" : "bad-secret";
    },
  });
}
