/**
 * Shuffling: ciphertexts in another order, sealed anew, and the proof that none is lost.
 *
 * The same bytes as `ballots/shuffle.py` makes of the same random numbers; the letters are
 * explained in docs/formats/shuffle.md. Source: design 3, section 9.
 */

import { hexDigest, toInteger, toLittleEndian, utf8 } from "./bytes";
import type { Election } from "./election";
import { BASE, formatPoint, formatScalar, multiExponent, raise, randomScalar } from "./group";
import { reduce, unpack, type Point } from "./group";
import { formatSealed, type Ciphertext } from "./proofs";
import type { Random } from "./random";

/** So many times progress is told for each ciphertext. */
export const STEPS = 5;

/** Shuffled ciphertexts and their proof, as JSON holds them. */
export interface Shuffled {
  readonly ciphertexts: readonly { alpha: string; beta: string }[];
  readonly proof: unknown;
}

/** Put ciphertexts into a random order, seal them anew, and prove it. */
export function shuffleCiphertexts(
  { key, fingerprint }: Election,
  inputs: readonly Ciphertext[],
  random: Random,
  progress: () => void,
): Shuffled {
  const size = inputs.length;
  const draw = (): bigint[] => Array.from({ length: size }, () => randomScalar(random));
  const each = <T>(work: (at: number) => T): T[] =>
    Array.from({ length: size }, (_, at) => {
      const made = work(at);
      progress();
      return made;
    });
  const h = deriveGenerator(-1);
  for (const base of [key, h]) base.precompute(8);

  const order = drawPermutation(size, random);
  const [again, hidden, chained] = [draw(), draw(), draw()];
  const outputs = each((place) => {
    const { alpha, beta } = inputs[order[place] as number] as Ciphertext;
    const nonce = again[place] as bigint;
    return { alpha: alpha.add(raise(BASE, nonce)), beta: beta.add(raise(key, nonce)) };
  });
  const generators = each(deriveGenerator);
  // c at an input's place holds the generator of the place to which it went.
  const goesTo: number[] = [];
  order.forEach((source, place) => (goesTo[source] = place));
  const permutation = each((at) =>
    formatPoint(raise(BASE, hidden[at] as bigint).add(generators[goesTo[at] as number] as Point)),
  );
  const written = outputs.map(formatSealed);
  const all = [...inputs.map(formatSealed), ...written].flatMap(({ alpha, beta }) => [alpha, beta]);
  const open = list(all) + list(permutation);

  const exponents = drawExponents(fingerprint, open, size);
  const permuted = order.map((at) => exponents[at] as bigint);
  // Each link is g^a · h^b, and so is each commitment to it: both bases have tables, where the
  // link before has none.
  const links = chainOf(chained, permuted);
  const chain = each((at) => formatPoint(power(h, links[at + 1] as Link)));

  const one = (): bigint => randomScalar(random);
  const [w1, w2, w3, w4] = [one(), one(), one(), one()];
  const [chainNonces, nonces] = [draw(), draw()];
  const commitments = [
    raise(BASE, w1),
    raise(BASE, w2),
    raise(BASE, w3).add(multiExponent(generators, nonces)),
    raise(key, -w4).add(multiExponent(outputs.map(({ beta }) => beta), nonces)),
    raise(BASE, -w4).add(multiExponent(outputs.map(({ alpha }) => alpha), nonces)),
  ].map(formatPoint);
  const chainCommitments = each((at) => {
    const { a, b } = links[at] as Link;
    const second = nonces[at] as bigint;
    return formatPoint(power(h, { a: (chainNonces[at] as bigint) + second * a, b: second * b }));
  });
  const challenge = hashToNumber(
    `shuffle-challenge|${fingerprint}|${list(commitments)}${list(chainCommitments)}` +
      `${open}${list(chain)}${formatPoint(key)}`,
  );

  const following = productsAfter(permuted);
  const sums = [
    hidden.reduce((sum, one) => sum + one, 0n),
    scalarProduct(chained, following),
    scalarProduct(hidden, exponents),
    scalarProduct(again, permuted),
  ];
  const respond = (drawn: readonly bigint[], secrets: readonly bigint[]): string[] =>
    drawn.map((one, at) => formatScalar(reduce(one + challenge * (secrets[at] as bigint))));
  const [t1, t2, t3, t41, t42] = commitments;
  return {
    ciphertexts: written,
    proof: [
      [t1, t2, t3, [t41, t42], chainCommitments],
      [
        ...respond([w1, w2, w3, w4], sums),
        respond(chainNonces, chained),
        respond(nonces, permuted),
      ],
      permutation,
      chain,
    ],
  };
}

/** A point whose exponents to g and h the shuffler knows. */
interface Link {
  readonly a: bigint;
  readonly b: bigint;
}

function power(h: Point, { a, b }: Link): Point {
  return raise(BASE, a).add(raise(h, b));
}

/** h, and after it the links: each the one before to its exponent, times g to its nonce. */
function chainOf(nonces: readonly bigint[], exponents: readonly bigint[]): Link[] {
  const links: Link[] = [{ a: 0n, b: 1n }];
  nonces.forEach((nonce, at) => {
    const { a, b } = links[at] as Link;
    const exponent = exponents[at] as bigint;
    links.push({ a: reduce(nonce + exponent * a), b: reduce(exponent * b) });
  });
  return links;
}

/** A uniform order of 0 to size - 1. */
function drawPermutation(size: number, random: Random): number[] {
  const order = Array.from({ length: size }, (_, at) => at);
  for (let at = size - 1; at > 0; at -= 1) {
    // 32 bytes leave a bias far below 2^-200.
    const other = Number(toInteger(random(32)) % BigInt(at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}

/** u: known only after the permutation is committed to. */
function drawExponents(fingerprint: string, open: string, size: number): bigint[] {
  const start = hash(`shuffle-challenges|${fingerprint}|${open}`);
  return Array.from({ length: size }, (_, at) => hashToNumber(start + hash(at.toString())));
}

/** A point of which nobody knows an exponent to another: found by hashing. */
function deriveGenerator(index: number): Point {
  for (let packed = BigInt(`0x${hash(`ggen|${index}`)}`) >> 2n; ; packed += 1n) {
    const point = unpack(toLittleEndian(packed));
    // Eight times a point of the curve is in the group.
    if (point) return point.clearCofactor();
  }
}

/** Of each number the product of those that follow. */
function productsAfter(numbers: readonly bigint[]): bigint[] {
  const products: bigint[] = [];
  numbers.reduceRight((product, number, at) => {
    products[at] = product;
    return reduce(product * number);
  }, 1n);
  return products;
}

function scalarProduct(ones: readonly bigint[], others: readonly bigint[]): bigint {
  return ones.reduce((sum, one, at) => sum + one * (others[at] as bigint), 0n);
}

function list(points: readonly string[]): string {
  return points.map((point) => `${point},`).join("");
}

function hash(text: string): string {
  return hexDigest(utf8(text));
}

function hashToNumber(text: string): bigint {
  return reduce(BigInt(`0x${hash(text)}`));
}
