/**
 * The group of edwards25519 and its scalars.
 *
 * A point's text is the reverse of its RFC 8032 bytes in hexadecimal; the group is written
 * multiplicatively, as in the package `ballots`. Source: design 3, section 1.
 */

import { pippenger } from "@noble/curves/abstract/curve.js";
import { edwards, type EdwardsPoint } from "@noble/curves/abstract/edwards.js";
import { digest, fromHex, toHex, toInteger, utf8 } from "./bytes";
import { FormError, PointError } from "./errors";
import type { Random } from "./random";

/** A point of the group. */
export type Point = EdwardsPoint;

/** The order of the group. */
export const ORDER: bigint = 2n ** 252n + 27742317777372353535851937790883648493n;

const FIELD = 2n ** 255n - 19n;

// From its numbers (RFC 8032, 5.1): the ready-made curve would bring signatures along, which
// nobody here makes, and a voting page must stay light.
const Curve = edwards({
  p: FIELD,
  n: ORDER,
  h: 8n,
  a: FIELD - 1n,
  d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
  Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
  Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
});

/** The standard base point g. */
export const BASE: Point = Curve.BASE;
/** The neutral element. */
export const ONE: Point = Curve.ZERO;

/** An integer as an exponent, 0 to ORDER − 1. */
export function reduce(integer: bigint): bigint {
  const rest = integer % ORDER;
  return rest < 0n ? rest + ORDER : rest;
}

/** A point to a secret power, in constant time as far as JavaScript allows. */
export function raise(point: Point, exponent: bigint): Point {
  const reduced = reduce(exponent);
  if (point.is0()) return ONE;
  // noble refuses zero; multiplying all the same takes the time of any other choice.
  const power = point.multiply(reduced || 1n);
  return reduced === 0n ? ONE : power;
}

/** The product of points. */
export function product(points: readonly Point[]): Point {
  return points.reduce((sum, point) => sum.add(point), ONE);
}

/**
 * The product of points to powers, as many as there are.
 *
 * Its steps do not depend on the exponents, but which cells of memory it reads does.
 */
export function multiExponent(points: readonly Point[], exponents: readonly bigint[]): Point {
  return pippenger(Curve, [...points], exponents.map(reduce));
}

/** A point's RFC 8032 bytes. */
export function pointBytes(point: Point): Uint8Array {
  return point.toBytes();
}

/** A point as 64 lower-case hexadecimal digits. */
export function formatPoint(point: Point): string {
  return toHex(pointBytes(point).reverse());
}

/** Read a point's one text, and require that it is in the group (the identity included). */
export function readPoint(value: unknown): Point {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) {
    throw new FormError("point");
  }
  const point = unpack(fromHex(value).reverse());
  // A point with a small-order part would let the answer leak bits of the secret exponent.
  if (!point?.isTorsionFree()) throw new PointError(value);
  return point;
}

/** The point of the curve that has these RFC 8032 bytes; it may be outside the group. */
export function unpack(bytes: Uint8Array): Point | undefined {
  try {
    return Curve.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

/** Read an exponent: decimal digits, below the order, no sign and no leading zero. */
export function readScalar(value: unknown): bigint {
  if (typeof value !== "string" || !/^(0|[1-9][0-9]{0,76})$/.test(value)) {
    throw new FormError("scalar");
  }
  const scalar = BigInt(value);
  if (scalar >= ORDER) throw new FormError("scalar");
  return scalar;
}

/** An exponent's text: decimal digits. */
export function formatScalar(scalar: bigint): string {
  return scalar.toString();
}

/** The challenge: SHA-256 of the prefix and the points' texts between commas. */
export function hashToScalar(prefix: string, points: readonly Point[]): bigint {
  return reduce(toInteger(digest(utf8(prefix + points.map(formatPoint).join(",")))));
}

/** A uniform exponent: 64 bytes leave a bias below 2^-250. */
export function randomScalar(random: Random): bigint {
  return reduce(toInteger(random(64)));
}
