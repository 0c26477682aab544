/**
 * The script of trustees' pages, beside the one of every page.
 *
 * Hooks: docs/running/building.md.
 */

import { wireHooks } from "./dom";
import { wireMakePolynomial, wireMakeVerificationKey } from "./pages/trustee/ceremony";
import { wireMakeKey } from "./pages/trustee/key";
import { wireOpenTally, wireShuffle } from "./pages/trustee/tally";

wireHooks([
  ["[data-teg-make-key]", wireMakeKey],
  ["[data-teg-make-polynomial]", wireMakePolynomial],
  ["[data-teg-make-verification-key]", wireMakeVerificationKey],
  ["[data-teg-open-tally]", wireOpenTally],
  ["[data-teg-shuffle]", wireShuffle],
]);
