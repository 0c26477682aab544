/**
 * Numbers in a point: what a voter gives to a shuffled question.
 *
 * Source: design 3, section 1 ("Embedding of integer vectors").
 */

import { toInteger, toLittleEndian } from "./bytes";
import { ChoiceRulesError } from "./errors";
import { unpack, type Point } from "./group";

const PADDING = 14n;

/**
 * The point that holds these numbers of 0 to 255, the first one highest.
 *
 * Below them are 14 bits of padding, counted up until a point of the group is met; how long
 * that takes depends on the numbers, so a page must not let its requests show when it began.
 */
export function embedNumbers(numbers: readonly number[]): Point {
  const packed = toInteger(Uint8Array.from(numbers)) << PADDING;
  for (let candidate = packed; candidate >> PADDING === packed >> PADDING; candidate += 1n) {
    const point = unpack(toLittleEndian(candidate));
    if (point?.isTorsionFree()) return point;
  }
  throw new ChoiceRulesError("numbers"); // one in sixteen is a point of the group
}
