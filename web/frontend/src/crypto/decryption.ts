/**
 * A trustee's share of opening a box's tally, with both proofs.
 *
 * The first proof is Belenios v1's; it does not cover the ciphertext and the factor, so the
 * second one does. Source: design 3, sections 10 and 13; docs/formats/second-proof.md.
 */

import { digest, join, toInteger, utf8 } from "./bytes";
import type { Election } from "./election";
import { FormError, WrongKeyError } from "./errors";
import { BASE, formatPoint, hashToScalar, pointBytes, raise, readPoint, reduce } from "./group";
import type { Point } from "./group";
import { parseCanonical, readFields, readList } from "./json";
import { proveEquality, type Proof } from "./proofs";
import type { Random } from "./random";
import { publicKeyOf } from "./trustees";

const DOMAIN = "teg/decrypt/v1";

/** What a trustee gives for one box, as texts ready to publish. */
export interface Share {
  readonly decryption: string;
  readonly proofs: string;
}

/** Open one's part of an encrypted tally; `progress` is told after each ciphertext. */
export function decryptShare(
  election: Election,
  encryptedTally: string,
  secret: bigint,
  publicKey: string,
  random: Random,
  progress: () => void = () => undefined,
): Share {
  if (publicKeyOf(secret) !== publicKey) throw new WrongKeyError();
  const point = readPoint(publicKey);
  const rows = readTally(election, encryptedTally).map((row) =>
    row.map((alpha) => {
      const opened = openOne(election, point, alpha, secret, random);
      progress();
      return opened;
    }),
  );
  return {
    decryption: JSON.stringify({
      decryption_factors: rows.map((row) => row.map(({ factor }) => formatPoint(factor))),
      decryption_proofs: rows.map((row) => row.map(({ proof }) => proof)),
    }),
    proofs: JSON.stringify({
      v: 1,
      box: election.uuid,
      public_key: publicKey,
      proofs: rows.map((row) => row.map(({ second }) => second)),
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
  const text = parts.flatMap((part) => {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, part.length);
    return [length, part];
  });
  return reduce(toInteger(digest(join(utf8(tag), ...text))));
}

/** The alphas of an encrypted tally that has the shape of the election. */
function readTally(election: Election, text: string): Point[][] {
  const { questions } = election;
  const rows = readList(parseCanonical(text), questions.length, (row) =>
    readList(row, 51, (item) => {
      const got = readFields(item, "alpha", "beta");
      readPoint(got["beta"]);
      return readPoint(got["alpha"]);
    }),
  );
  const widths = questions.map((question) => question.answers.length + (question.blank ? 1 : 0));
  if (rows.map((row) => row.length).join() !== widths.join()) throw new FormError("tally's shape");
  return rows;
}
