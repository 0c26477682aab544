/**
 * A trustee's share of opening a box's tally, with both proofs.
 *
 * The first proof is Belenios v1's; it does not cover the ciphertext and the factor, so the
 * second one does. Source: design 3, sections 10 and 13; docs/formats/second-proof.md.
 */

import { digest, join, toInteger, utf8, withLengths } from "./bytes";
import type { Election } from "./election";
import { WrongKeyError } from "./errors";
import { BASE, formatPoint, hashToScalar, pointBytes, raise, readPoint, reduce } from "./group";
import type { Point } from "./group";
import { proveEquality, type Proof } from "./proofs";
import type { Random } from "./random";
import { formatRow, readCiphertext, type Tally } from "./tally";
import { publicKeyOf } from "./trustees";

const DOMAIN = "teg/decrypt/v1";

/** What a trustee gives for one box, as texts ready to publish. */
export interface Share {
  readonly decryption: string;
  readonly proofs: string;
}

/** Open one's part of an encrypted tally; `progress` is told after each ciphertext. */
export function decryptShare(
  { election, rows: unread }: Tally,
  secret: bigint,
  publicKey: string,
  random: Random,
  progress: () => void,
): Share {
  if (publicKeyOf(secret) !== publicKey) throw new WrongKeyError();
  const point = readPoint(publicKey);
  const rows = unread.map((row) =>
    row.map((value) => {
      const opened = openOne(election, point, readCiphertext(value).alpha, secret, random);
      progress();
      return opened;
    }),
  );
  const format = (part: (one: Opened) => unknown): unknown =>
    rows.map((row, at) => formatRow(election.questions[at], row.map(part)));
  return {
    decryption: JSON.stringify({
      decryption_factors: format(({ factor }) => formatPoint(factor)),
      decryption_proofs: format(({ proof }) => proof),
    }),
    proofs: JSON.stringify({
      v: 1,
      box: election.uuid,
      public_key: publicKey,
      proofs: format(({ second }) => second),
    }),
  };
}

interface Opened {
  readonly factor: Point;
  readonly proof: Proof;
  readonly second: Proof;
}

function openOne(
  { fingerprint }: Election,
  key: Point,
  alpha: Point,
  secret: bigint,
  random: Random,
): Opened {
  const factor = raise(alpha, secret);
  const prefix = `decrypt|${fingerprint}|${formatPoint(key)}|`;
  // Two nonces: one nonce under two challenges would give the private key away.
  const proof = proveEquality(alpha, secret, random, (made) => hashToScalar(prefix, made));
  const second = proveEquality(alpha, secret, random, (made) => {
    const points = [key, BASE, alpha, factor, ...made];
    return hashWithLengths(DOMAIN, [utf8(fingerprint), ...points.map(pointBytes)]);
  });
  return { factor, proof, second };
}

/** SHA-256 of a tag and of parts, each after its length in 4 bytes, as an exponent. */
function hashWithLengths(tag: string, parts: readonly Uint8Array[]): bigint {
  return reduce(toInteger(digest(join(utf8(tag), withLengths(...parts)))));
}
