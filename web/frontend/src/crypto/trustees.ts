/**
 * A trustee's key: made, kept in a file, read back, and her public half with its proof.
 *
 * Source: design 3, section 4; the file is that of `belenios-tool`: the decimal in quotes.
 */

import { KeyFileError } from "./errors";
import { BASE, formatPoint, formatScalar, ORDER, raise, randomScalar } from "./group";
import { proveKnowledge, type Proof } from "./proofs";
import type { Random } from "./random";

/** A new key: what she saves, and what she gives. */
export interface TrusteeKey {
  /** The content of her private key file. */
  readonly file: string;
  /** Her public key with the proof that she knows the private one. */
  readonly publicKey: string;
}

/** Make a trustee's key. */
export function makeKey(random: Random, name?: string): TrusteeKey {
  const secret = randomScalar(random);
  const owner = name === undefined ? {} : { name };
  return {
    file: JSON.stringify(formatScalar(secret)),
    publicKey: JSON.stringify({ ...publicKeyWithProof(secret, random), ...owner }),
  };
}

/** The public half of a key, with the proof that one knows the private half. */
export function publicKeyWithProof(
  secret: bigint,
  random: Random,
): { pok: Proof; public_key: string } {
  const publicKey = publicKeyOf(secret);
  const pok = proveKnowledge(`pok|Ed25519|${publicKey}|`, secret, random);
  return { pok, public_key: publicKey };
}

/** Read a private key file: the decimal in quotes; the independent tool ends it with a line feed. */
export function readKeyFile(content: string): bigint {
  const match = /^"([1-9][0-9]{0,76})"\n?$/.exec(content);
  const secret = BigInt(match?.[1] ?? 0);
  // What is read is not repeated: a wrong file may be another secret.
  if (secret === 0n || secret >= ORDER) throw new KeyFileError();
  return secret;
}

/** The public key of a private key file. */
export function publicKeyOf(secret: bigint): string {
  return formatPoint(raise(BASE, secret));
}
