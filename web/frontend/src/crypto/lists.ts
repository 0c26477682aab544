/**
 * Sealing a question with lists: one list is chosen, and candidates on no other.
 *
 * Source: design 3, section 6 (Lists); the same bytes as `ballots/lists.py`.
 */

import { BASE, formatPoint, formatScalar, hashToScalar, product, raise } from "./group";
import { randomScalar, reduce } from "./group";
import { formatSealed, joinCiphertexts, proveClaim, proveChoices, seal, sum } from "./proofs";
import type { Sealed } from "./proofs";
import { divide, type ListsQuestion } from "./questions";
import type { Election } from "./election";
import type { Random } from "./random";
import type { Vote } from "./sealing";

/** Seal a vote that keeps the rules, with its proofs, as JSON holds it. */
export function sealLists(
  { key }: Election,
  question: ListsQuestion,
  vote: Vote,
  prefix: string,
  random: Random,
): object {
  const sealed = vote.map((choice) => seal(key, BigInt(choice), random));
  const individual = proveChoices(key, prefix, sealed, random);
  const parts = divide(question, sealed);
  const whole = `${prefix}|${joinCiphertexts(sealed)}`;
  const chosen = add(parts.map(([list]) => list));
  const claim = `prove|${whole}|${joinCiphertexts([chosen])}|`;
  const [overall] = proveClaim(key, claim, [{ of: chosen, value: 1n }], random);
  const lists = parts.map(([list, ...candidates]) => {
    // This list is chosen, or none of its candidates is.
    const either = [{ of: list, value: 1n }, { of: sum(candidates), value: 0n }];
    return proveClaim(key, `lproof|${whole}|`, either, random);
  });
  return {
    choices: divide(question, sealed.map(formatSealed)),
    individual_proofs: divide(question, individual),
    overall_proof: overall,
    list_proofs: lists,
    nonzero_proof: proveNonzero(
      key,
      `nonzero|${whole}|`,
      add(parts.flatMap(([, ...candidates]) => candidates)),
      random,
    ),
  };
}

function add(sealed: readonly Sealed[]): Sealed {
  const alpha = product(sealed.map((one) => one.alpha));
  return { alpha, beta: product(sealed.map((one) => one.beta)), ...sum(sealed) };
}

/** Prove that a ciphertext does not hold zero. */
function proveNonzero(key: Sealed["alpha"], prefix: string, of: Sealed, random: Random): object {
  const draw = (): bigint => randomScalar(random);
  const [blinding, first, second] = [draw(), draw(), draw()];
  // With a blinding t, beta^t · y^(-rt) is g^(mt): the identity only if m is zero.
  const hidden = reduce(-of.randomness * blinding);
  const commitments = [
    raise(of.beta, blinding).add(raise(key, hidden)),
    raise(of.alpha, first).add(raise(BASE, second)),
    raise(of.beta, first).add(raise(key, second)),
  ] as const;
  const challenge = hashToScalar(prefix, commitments);
  return {
    commitment: formatPoint(commitments[0]),
    challenge: formatScalar(challenge),
    response: [
      formatScalar(reduce(first - challenge * blinding)),
      formatScalar(reduce(second - challenge * hidden)),
    ],
  };
}
