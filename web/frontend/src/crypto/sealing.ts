/**
 * Sealing a ballot: encrypt each choice, prove that the choices keep the rules, sign.
 *
 * The same bytes as `ballots/sealing.py` makes of the same random numbers.
 * Source: design 3, section 6.
 */

import { base64Digest, utf8 } from "./bytes";
import { publicCredential, signingKey } from "./credentials";
import type { Election } from "./election";
import { ChoiceRulesError } from "./errors";
import { BASE, formatPoint, product, raise, randomScalar } from "./group";
import { sealLists } from "./lists";
import { embedNumbers } from "./numbers";
import { formatSealed, joinCiphertexts, proveChoices, proveClaim, proveKnowledge } from "./proofs";
import { seal, sum } from "./proofs";
import type { Branch, Sealed } from "./proofs";
import { divide, numbersOf, type PlainQuestion, type Question } from "./questions";
import type { Random } from "./random";

/** One question's numbers: 0 or 1 per choice, the blank flag first; 0 to 255 if shuffled. */
export type Vote = readonly number[];

/** A sealed, signed ballot and the code by which its voter finds it. */
export interface SealedBallot {
  readonly ballot: string;
  readonly tracker: string;
}

/** Seal and sign a ballot; one vote per question. */
export function sealBallot(
  election: Election,
  credential: string,
  votes: readonly Vote[],
  random: Random,
): SealedBallot {
  if (votes.length !== election.questions.length) throw new ChoiceRulesError("questions");
  election.questions.forEach((question, index) => requireRules(question, votes[index] ?? []));

  const signer = publicCredential(election.uuid, credential);
  const prefix = `${election.fingerprint}|${signer}`;
  election.key.precompute(5);
  const answers = election.questions.map((question, index) =>
    sealAnswer(election, question, votes[index] ?? [], prefix, random),
  );
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: signer,
    answers,
  };
  const hash = base64Digest(utf8(JSON.stringify(unsigned)));
  const proof = proveKnowledge(`sig|${hash}|`, signingKey(election.uuid, credential), random);
  const ballot = JSON.stringify({ ...unsigned, signature: { hash, proof } });
  return { ballot, tracker: base64Digest(utf8(ballot)) };
}

function requireRules(question: Question, vote: Vote): void {
  const highest = question.kind === "shuffled" ? 255 : 1;
  const isNumbers = vote.every((n) => Number.isInteger(n) && n >= 0 && n <= highest);
  if (vote.length !== numbersOf(question) || !isNumbers) throw new ChoiceRulesError("choices");
  if (!isAllowed(question, vote)) throw new ChoiceRulesError("number of choices");
}

function isAllowed(question: Question, vote: Vote): boolean {
  if (question.kind === "shuffled") return true;
  if (question.kind === "lists") {
    // One list, with some of its candidates, and no other's.
    const [chosen, ...others] = divide(question, vote).filter(([list]) => list);
    return chosen !== undefined && others.length === 0 && count(chosen) > 1 &&
      count(chosen) === count(vote);
  }
  if (question.blank && vote[0]) return count(vote) === 1;
  return count(vote) >= question.min && count(vote) <= question.max;
}

function count(flags: Vote): number {
  return flags.reduce((total, flag) => total + flag, 0);
}

function sealAnswer(
  election: Election,
  question: Question,
  vote: Vote,
  prefix: string,
  random: Random,
): object {
  switch (question.kind) {
    case "plain":
      return sealPlain(election, question, vote, prefix, random);
    case "shuffled":
      return sealShuffled(election, vote, prefix, random);
    case "lists":
      return sealLists(election, question, vote, prefix, random);
  }
}

function sealShuffled({ key }: Election, vote: Vote, prefix: string, random: Random): object {
  const randomness = randomScalar(random);
  const alpha = raise(BASE, randomness);
  const beta = raise(key, randomness).add(embedNumbers(vote));
  const bound = `raweg|${prefix}|${formatPoint(key)},${joinCiphertexts([{ alpha, beta }])}|`;
  return {
    choices: formatSealed({ alpha, beta }),
    // Without it a voter could disguise a copy of another's answer as her own.
    proof: proveKnowledge(bound, randomness, random),
  };
}

function sealPlain(
  { key }: Election,
  question: PlainQuestion,
  vote: Vote,
  prefix: string,
  random: Random,
): object {
  const sealed = vote.map((choice) => seal(key, BigInt(choice), random));
  const choices = sealed.map(formatSealed);
  const individual = proveChoices(key, prefix, sealed, random);
  const whole = `${prefix}|${joinCiphertexts(sealed)}`;
  const [flag, ...others] = sealed as [Sealed, ...Sealed[]];
  const total = sum(question.blank ? others : sealed);
  const allowed: Branch[] = [];
  for (let count = question.min; count <= question.max; count += 1) {
    allowed.push({ of: total, value: BigInt(count) });
  }
  if (!question.blank) {
    const alpha = product(sealed.map((one) => one.alpha));
    const beta = product(sealed.map((one) => one.beta));
    const text = `prove|${whole}|${joinCiphertexts([{ alpha, beta }])}|`;
    const overall = proveClaim(key, text, allowed, random);
    return { choices, individual_proofs: individual, overall_proof: overall };
  }
  // Blank is chosen, or min to max of the others are.
  const either = [{ of: flag, value: 1n }, ...allowed];
  const overall = proveClaim(key, `bproof1|${whole}|`, either, random);
  // Blank is not chosen, or none of the others is.
  const only = [{ of: flag, value: 0n }, { of: total, value: 0n }];
  const blank = proveClaim(key, `bproof0|${whole}|`, only, random);
  return { choices, individual_proofs: individual, overall_proof: overall, blank_proof: blank };
}
