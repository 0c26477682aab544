/**
 * The certificates of all trustees of one set-up, and the public halves of their polynomials.
 *
 * Source: design 3, section 4; the checks of `ballots/pedersen.py`.
 */

import { CertificateError, FormError, PointError, WrongKeyError } from "./errors";
import { BASE, formatPoint, raise, readPoint, type Point } from "./group";
import { parseCanonical, readExactly, readFields } from "./json";
import type { Seed } from "./seeds";
import { readSigned, verifySignature, type SignedText } from "./signing";

const LARGEST_MESSAGE = 8192;
const MOST_TRUSTEES = 100;

/** A trustee's two keys, signed by the first of them. */
export interface Certificate {
  readonly signed: SignedText;
  readonly verification: Point;
  readonly encryption: Point;
}

/** Parse and verify the certificates of all, in the order of their indexes. */
export function readCertificates(raws: unknown, threshold: number): Certificate[] {
  if (!Array.isArray(raws) || raws.length > MOST_TRUSTEES) throw new FormError("certificates");
  const size = raws.length;
  const read = (raw: unknown, at: number): Certificate =>
    readCertificate(raw, size, threshold, at + 1);
  const certificates = raws.map(read);
  // One person on two seats would count as two towards the threshold.
  const keys = certificates.flatMap((one) => [one.verification, one.encryption].map(formatPoint));
  if (new Set(keys).size !== keys.length) throw new CertificateError("the same key twice", 0);
  return certificates;
}

function readCertificate(
  raw: unknown,
  size: number,
  threshold: number,
  index: number,
): Certificate {
  if (typeof raw !== "string") throw new FormError("certificate");
  const signed = readSigned(parseCanonical(raw), LARGEST_MESSAGE);
  const got = readFields(parseCanonical(signed.message), "context", "verification", "encryption");
  const seat = JSON.stringify({ group: "Ed25519", size, threshold, index });
  if (JSON.stringify(got["context"]) !== seat) throw new CertificateError("seat", index);
  const [verification, encryption] = [readBusy(got["verification"]), readBusy(got["encryption"])];
  verifySignature("certificate", signed.message, signed.signature, verification, index);
  return { signed, verification, encryption };
}

/** The index, from 1, of the certificate that was made from this seed. */
export function findSeat(seed: Seed, certificates: readonly Certificate[]): number {
  const own = [seed.signing, seed.decryption].map((key) => formatPoint(raise(BASE, key))).join();
  const at = certificates.findIndex(
    (one) => [one.verification, one.encryption].map(formatPoint).join() === own,
  );
  if (at < 0) throw new WrongKeyError();
  return at + 1;
}

/** What a trustee signs in the end: with whom, and with which polynomial of hers. */
export function agreement(
  certificates: readonly Certificate[],
  points: readonly Point[],
): string {
  const certs = certificates.map(({ signed }) => signed);
  return `certs_sig|${JSON.stringify({ certs, coefexps: points.map(formatPoint) })}`;
}

/** Read the public half of the polynomial of the trustee at `index`, and verify that it is hers. */
export function readPublicHalf(
  value: unknown,
  signature: unknown,
  certificates: readonly Certificate[],
  threshold: number,
  index: number,
): { points: Point[]; signed: SignedText } {
  const signed = readSigned(value, LARGEST_MESSAGE);
  const got = readFields(parseCanonical(signed.message), "coefexps");
  // The reference does not look: a small-order part would hide in the products.
  const points = readExactly(got["coefexps"], threshold, readBusy);
  const signer = (certificates[index - 1] as Certificate).verification;
  verifySignature("coefexps", signed.message, signed.signature, signer, index);
  verifySignature("signature", agreement(certificates, points), signature, signer, index);
  return { points, signed };
}

function readBusy(value: unknown): Point {
  const point = readPoint(value);
  if (point.is0()) throw new PointError("identity");
  return point;
}
