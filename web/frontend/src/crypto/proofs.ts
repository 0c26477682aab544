/**
 * Zero-knowledge proofs, made non-interactively; the same bytes as `ballots/proofs.py`.
 *
 * Source: design 3, sections 4, 6, 10.
 */

import { BASE, formatPoint, formatScalar, hashToScalar, raise, randomScalar, readScalar } from "./group";
import { reduce, type Point } from "./group";
import { readFields } from "./json";
import type { Random } from "./random";

/** A proof as JSON holds it. */
export interface Proof {
  readonly challenge: string;
  readonly response: string;
}

function formatProof(challenge: bigint, response: bigint): Proof {
  return { challenge: formatScalar(challenge), response: formatScalar(response) };
}

/** Prove that one knows `secret`, bound to all that the prefix says. */
export function proveKnowledge(prefix: string, secret: bigint, random: Random): Proof {
  const nonce = randomScalar(random);
  const challenge = hashToScalar(prefix, [raise(BASE, nonce)]);
  return formatProof(challenge, reduce(nonce - secret * challenge));
}

/** Whether the maker of a proof knew the exponent of `owner`, with all that the prefix says. */
export function isKnowledgeProved(prefix: string, owner: Point, proof: ReadProof): boolean {
  const made = raise(BASE, proof.response).add(raise(owner, proof.challenge));
  return hashToScalar(prefix, [made]) === proof.challenge;
}

/** A proof, read. */
export interface ReadProof {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** Read a proof from JSON. */
export function readProof(value: unknown): ReadProof {
  const got = readFields(value, "challenge", "response");
  return { challenge: readScalar(got["challenge"]), response: readScalar(got["response"]) };
}

/** Prove that `base` to the secret is what g to the secret is; `ask` turns commitments into a challenge. */
export function proveEquality(
  base: Point,
  secret: bigint,
  random: Random,
  ask: (commitments: [Point, Point]) => bigint,
): Proof {
  const nonce = randomScalar(random);
  const challenge = ask([raise(BASE, nonce), raise(base, nonce)]);
  return formatProof(challenge, reduce(nonce - secret * challenge));
}

/** ElGamal with all that its maker knows: alpha = g^r, beta = y^r · g^m. */
export interface Sealed {
  readonly alpha: Point;
  readonly beta: Point;
  readonly randomness: bigint;
  readonly message: bigint;
}

/** Encrypt an integer. */
export function seal(key: Point, message: bigint, random: Random): Sealed {
  const randomness = randomScalar(random);
  return {
    alpha: raise(BASE, randomness),
    beta: raise(key, randomness).add(raise(BASE, message)),
    randomness,
    message,
  };
}

/** The product of ciphertexts: it holds the sum of what they hold. */
export function sum(sealed: readonly Sealed[]): Pick<Sealed, "randomness" | "message"> {
  return {
    randomness: sealed.reduce((total, one) => total + one.randomness, 0n),
    message: sealed.reduce((total, one) => total + one.message, 0n),
  };
}

/** The two points of a ciphertext. */
export type Ciphertext = Pick<Sealed, "alpha" | "beta">;

/** A ciphertext as JSON holds it. */
export function formatSealed({ alpha, beta }: Ciphertext): { alpha: string; beta: string } {
  return { alpha: formatPoint(alpha), beta: formatPoint(beta) };
}

/** Ciphertexts as they stand in what is hashed: points between commas. */
export function joinCiphertexts(ciphertexts: readonly Ciphertext[]): string {
  return ciphertexts.map((c) => `${formatPoint(c.alpha)},${formatPoint(c.beta)}`).join(",");
}

/** One way for a claim to be true: this ciphertext holds this value. */
export interface Branch {
  readonly of: Pick<Sealed, "randomness" | "message">;
  readonly value: bigint;
}

/**
 * Prove that one of the branches is true, and not which.
 *
 * Whoever made the ciphertexts need not take their powers: alpha^c is g^(r·c), so every
 * commitment comes from g and y alone. Random numbers are drawn for the true branch too, in
 * the order of the Python program, and thrown away.
 */
export function proveClaim(
  key: Point,
  prefix: string,
  branches: readonly Branch[],
  random: Random,
): Proof[] {
  const real = branches.findIndex(({ of, value }) => of.message === value);
  const nonce = randomScalar(random);
  const drafts = branches.map((_, index) => {
    const [challenge, response] = [randomScalar(random), randomScalar(random)];
    return index === real ? { challenge: 0n, response: nonce } : { challenge, response };
  });
  const commitments = branches.flatMap(({ of, value }, index) => {
    const { challenge, response } = drafts[index] as (typeof drafts)[number];
    const exponent = response + of.randomness * challenge;
    const rest = raise(BASE, (of.message - value) * challenge);
    return [raise(BASE, exponent), raise(key, exponent).add(rest)];
  });
  const asked = hashToScalar(prefix, commitments);
  const others = drafts.reduce((total, draft) => total + draft.challenge, 0n);
  return drafts.map((draft, index) => {
    if (index !== real) return formatProof(draft.challenge, draft.response);
    const challenge = reduce(asked - others);
    const randomness = (branches[index] as Branch).of.randomness;
    return formatProof(challenge, reduce(nonce - randomness * challenge));
  });
}

/** Prove of each ciphertext that it holds 0 or 1. */
export function proveChoices(
  key: Point,
  prefix: string,
  sealed: readonly Sealed[],
  random: Random,
): Proof[][] {
  return sealed.map((of) => {
    const claim = `prove|${prefix}|${joinCiphertexts([of])}|`;
    return proveClaim(key, claim, [{ of, value: 0n }, { of, value: 1n }], random);
  });
}
