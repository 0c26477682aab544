/**
 * The group of edwards25519 and its scalars.
 *
 * A point's text is the reverse of its RFC 8032 bytes in hexadecimal; the group is written
 * multiplicatively, as in the package `ballots`. Source: design 3, section 1.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { digest, toHex, toInteger, utf8 } from "./bytes";
import { FormError, PointError } from "./errors";
import type { Random } from "./random";

/** A point of the group. */
export type Point = InstanceType<typeof ed25519.Point>;

/** The order of the group. */
export const ORDER: bigint = ed25519.Point.Fn.ORDER;
/** The standard base point g. */
export const BASE: Point = ed25519.Point.BASE;
/** The neutral element. */
export const ONE: Point = ed25519.Point.ZERO;

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
  const bytes = Uint8Array.from(value.match(/../g) ?? [], (pair) => parseInt(pair, 16)).reverse();
  let point: Point;
  try {
    point = ed25519.Point.fromBytes(bytes);
  } catch {
    throw new PointError(value);
  }
  // A point with a small-order part would let the answer leak bits of the secret exponent.
  if (!point.isTorsionFree()) throw new PointError(value);
  return point;
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
