/**
 * A threshold trustee's secret, her certificate, and the digest of her polynomial.
 *
 * All that she keeps is her seed: her two keys and her polynomial follow from it, so that both
 * can be settled in one visit. Source: design 3, sections 4 and 13; docs/formats/trustees.md.
 */

import { digest, fourBytes, hexDigest, join, toInteger, utf8, withLengths } from "./bytes";
import { KeyFileError } from "./errors";
import { BASE, formatPoint, raise, randomScalar, reduce, type Point } from "./group";
import { signMessage, type SignedText } from "./signing";
import type { Random } from "./random";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LENGTH = 22;

/** A trustee's secret: the text in her file, and the private halves of her two keys. */
export interface Seed {
  readonly text: string;
  /** Of her verification key: it signs. */
  readonly signing: bigint;
  /** Of her encryption key: it opens what others send her. */
  readonly decryption: bigint;
}

/** Which trustee of which set-up: the one at `index`, from 1, of `size`. */
export interface Seat {
  readonly size: number;
  readonly threshold: number;
  readonly index: number;
}

/** A polynomial: its coefficients, and its public half signed. */
export interface Polynomial {
  readonly coefficients: readonly bigint[];
  readonly points: readonly Point[];
  readonly signed: SignedText;
}

/** A new secret. */
export function makeSeed(random: Random): Seed {
  let text = "";
  while (text.length < LENGTH) {
    // 232 = 4 · 58: a byte above it would favour the first characters.
    for (const byte of random(64)) if (byte < 232) text += BASE58.charAt(byte % 58);
  }
  return seedOf(text.slice(0, LENGTH));
}

/** Read a seed's file; the independent tool may end it with a line feed. */
export function readSeed(content: string): Seed {
  const text = content.replace(/\n$/, "");
  // What is read is not repeated: a wrong file may be another secret.
  if (text.length !== LENGTH || [...text].some((one) => !BASE58.includes(one))) {
    throw new KeyFileError();
  }
  return seedOf(text);
}

function seedOf(text: string): Seed {
  const derive = (use: string): bigint => reduce(toInteger(digest(utf8(`${use}|${text}`))));
  return { text, signing: derive("sk"), decryption: derive("dk") };
}

/** A trustee's certificate. */
export function makeCertificate(seed: Seed, seat: Seat, random: Random): string {
  const { size, threshold, index } = seat;
  const message = JSON.stringify({
    context: { group: "Ed25519", size, threshold, index },
    verification: formatPoint(raise(BASE, seed.signing)),
    encryption: formatPoint(raise(BASE, seed.decryption)),
  });
  return JSON.stringify(signMessage(message, seed.signing, random));
}

/** The polynomial that follows from a seed in one election. */
export function derivePolynomial(seed: Seed, threshold: number, election: string): Polynomial {
  const random = seedRandom(seed, election, threshold);
  const coefficients = Array.from({ length: threshold }, () => randomScalar(random));
  const points = coefficients.map((coefficient) => raise(BASE, coefficient));
  const message = JSON.stringify({ coefexps: points.map(formatPoint) });
  return { coefficients, points, signed: signMessage(message, seed.signing, random) };
}

/**
 * A stream of bytes that only the owner of the seed knows.
 *
 * Another one in each election, and for each threshold: a nonce of one polynomial must not be a
 * coefficient of another.
 */
function seedRandom(seed: Seed, election: string, threshold: number): Random {
  const tag = utf8("teg/polynomial/v1");
  const named = withLengths(utf8(seed.text), utf8(election));
  const start = join(tag, named, fourBytes(threshold));
  let rest: Uint8Array = new Uint8Array();
  let blocks = 0;
  return (length) => {
    while (rest.length < length) {
      rest = join(rest, digest(join(start, fourBytes(blocks))));
      blocks += 1;
    }
    const taken = rest.slice(0, length);
    rest = rest.slice(length);
    return taken;
  };
}

/** The digest that is given before a polynomial's public half is shown. */
export function commitTo(signed: SignedText): string {
  const shown = utf8(JSON.stringify(signed));
  return hexDigest(join(utf8("teg/commit/v1"), withLengths(shown)));
}
