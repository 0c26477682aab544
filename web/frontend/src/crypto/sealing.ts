/**
 * Sealing a ballot: encrypt each choice, prove that the choices keep the rules, sign.
 *
 * The same bytes as `ballots/sealing.py` makes of the same random numbers.
 * Source: design 3, section 6.
 */

import { base64Digest, utf8 } from "./bytes";
import { publicCredential, signingKey } from "./credentials";
import type { Election, Question } from "./election";
import { ChoiceRulesError } from "./errors";
import { formatPoint, product } from "./group";
import { joinCiphertexts, proveClaim, proveKnowledge, seal, sum } from "./proofs";
import type { Branch, Proof, Sealed } from "./proofs";
import type { Random } from "./random";

/** One question's choices: 0 or 1 each, the blank flag first where blank is offered. */
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
  const width = question.answers.length + (question.blank ? 1 : 0);
  const plain = vote.length === width && vote.every((choice) => choice === 0 || choice === 1);
  if (!plain) throw new ChoiceRulesError("choices");
  const counted = question.blank ? vote.slice(1) : vote;
  const chosen = counted.reduce<number>((total, choice) => total + choice, 0);
  const blank = question.blank && vote[0] === 1;
  const kept = blank ? chosen === 0 : chosen >= question.min && chosen <= question.max;
  if (!kept) throw new ChoiceRulesError("number of choices");
}

interface Answer {
  readonly choices: readonly { readonly alpha: string; readonly beta: string }[];
  readonly individual_proofs: readonly Proof[][];
  readonly overall_proof: readonly Proof[];
  readonly blank_proof?: readonly Proof[];
}

function sealAnswer(
  election: Election,
  question: Question,
  vote: Vote,
  prefix: string,
  random: Random,
): Answer {
  const { key } = election;
  const sealed = vote.map((choice) => seal(key, BigInt(choice), random));
  const choices = sealed.map(({ alpha, beta }) => ({
    alpha: formatPoint(alpha),
    beta: formatPoint(beta),
  }));
  const individual = sealed.map((one) =>
    proveClaim(key, `prove|${prefix}|${joinCiphertexts([one])}|`, zeroOrOne(one), random),
  );
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
  const overall = proveClaim(key, `bproof1|${whole}|`, [{ of: flag, value: 1n }, ...allowed], random);
  // Blank is not chosen, or none of the others is.
  const only = [{ of: flag, value: 0n }, { of: total, value: 0n }];
  const blank = proveClaim(key, `bproof0|${whole}|`, only, random);
  return { choices, individual_proofs: individual, overall_proof: overall, blank_proof: blank };
}

function zeroOrOne(of: Sealed): Branch[] {
  return [0n, 1n].map((value) => ({ of, value }));
}
