/**
 * Signed messages: a text, and the proof that its signer knows the exponent of her key.
 *
 * Source: design 3, section 4.
 */

import { SignatureError } from "./errors";
import type { Point } from "./group";
import { readFields, readText } from "./json";
import { isKnowledgeProved, proveKnowledge, readProof, type Proof } from "./proofs";
import type { Random } from "./random";

/** A text with a signature, as JSON holds it. */
export interface SignedText {
  readonly message: string;
  readonly signature: Proof;
}

/** Sign a text. */
export function sign(message: string, secret: bigint, random: Random): Proof {
  return proveKnowledge(`sigmsg|${message}|`, secret, random);
}

/** Sign a text and put the two together. */
export function signMessage(message: string, secret: bigint, random: Random): SignedText {
  return { message, signature: sign(message, secret, random) };
}

/** Require that the trustee at `index` signed a text. */
export function verifySignature(
  what: string,
  message: string,
  signature: unknown,
  signer: Point,
  index: number,
): void {
  if (!isKnowledgeProved(`sigmsg|${message}|`, signer, readProof(signature))) {
    throw new SignatureError(what, index);
  }
}

/** Read a signed text of at most so many characters; the signature is still to be verified. */
export function readSigned(value: unknown, most: number): SignedText {
  const got = readFields(value, "message", "signature");
  readText(got["message"], most);
  readProof(got["signature"]);
  return value as SignedText;
}
