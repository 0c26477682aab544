/**
 * Randomness, from the browser's own source and no other.
 *
 * A ballot sealed with repeated randomness can be read, and its credential's key computed, so
 * a source that fails or stands still stops everything.
 */

import { RandomnessError } from "./errors";
import { hexDigest } from "./bytes";

/** Gives so many random bytes, as `os.urandom` does. */
export type Random = (length: number) => Uint8Array;

/** A guarded source over `crypto.getRandomValues`. */
export function browserRandom(source: Pick<Crypto, "getRandomValues"> = crypto): Random {
  const seen = new Set<string>();
  return (length) => {
    const bytes = new Uint8Array(length);
    try {
      source.getRandomValues(bytes);
    } catch (error) {
      throw new RandomnessError(String(error));
    }
    // Two equal draws of 32 bytes or more happen by chance once in 2^128 ballots.
    if (length < 32 || bytes.every((byte) => byte === bytes[0])) {
      throw new RandomnessError(length < 32 ? "a draw too short to be told apart" : "constant");
    }
    // The digest only: what sealed a ballot must not be found in memory afterwards.
    const draw = hexDigest(bytes);
    if (seen.has(draw)) throw new RandomnessError("the same bytes twice");
    seen.add(draw);
    return bytes;
  };
}
