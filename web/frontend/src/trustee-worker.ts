/**
 * The trustees' worker: making keys, shuffling, opening. What is secret never leaves it but in
 * the file that its owner saves.
 *
 * It works on whatever tally its page is given: it cannot see the box.
 * Source: design 3, sections 4, 9, 10, 13.
 */

import { utf8 } from "./crypto/bytes";
import { decryptShare } from "./crypto/decryption";
import { parseElection } from "./crypto/election";
import { shuffleTally, stepsOf } from "./crypto/mixing";
import { browserRandom } from "./crypto/random";
import { joinCeremony, makePolynomial, makeVerificationKey, openPrivateKey } from "./crypto/rounds";
import { readSeed } from "./crypto/seeds";
import { parseTally, type Tally } from "./crypto/tally";
import { makeKey, readKeyFile } from "./crypto/trustees";
import type { Tell } from "./messages";
import { serve } from "./serve";
import type { BoxTally, TrusteeTasks } from "./tasks";

const random = browserRandom();

serve<TrusteeTasks>({
  makeKey: ({ name }) => makeKey(random, name),

  makeCertificate: ({ election, seat }) => joinCeremony(election, seat, random),

  makePolynomial: ({ keyFile, ceremony }) => makePolynomial(readSeed(keyFile), ceremony, random),

  makeVerificationKey: ({ keyFile, ceremony, gathered }) =>
    makeVerificationKey(readSeed(keyFile), ceremony, gathered, random),

  shuffle: ({ boxes }, tell) =>
    workThrough(boxes, tell, stepsOf, (tally, progress) => shuffleTally(tally, random, progress)),

  async openTally({ publicKey, keyFile, sealedKey, boxes }, tell) {
    const secret =
      sealedKey === null ? readKeyFile(keyFile) : await openPrivateKey(readSeed(keyFile), sealedKey);
    return workThrough(
      boxes,
      tell,
      ({ rows }) => rows.flat().length,
      (tally, progress) => decryptShare(tally, secret, publicKey, random, progress),
    );
  },
});

/** Do something with every box's tally, and tell how far it is through all of them. */
function workThrough<T>(
  boxes: readonly BoxTally[],
  tell: Tell,
  steps: (tally: Tally) => number,
  work: (tally: Tally, progress: () => void) => T,
): Record<string, T> {
  const tallies = boxes.map(({ box, election, encrypted_tally }) =>
    parseTally(parseElection(utf8(election), box), encrypted_tally),
  );
  const total = tallies.reduce((sum, tally) => sum + steps(tally), 0);
  let done = 0;
  const progress = (): void => {
    done += 1;
    tell(done, total);
  };
  return Object.fromEntries(tallies.map((tally) => [tally.election.uuid, work(tally, progress)]));
}
