/**
 * Making a threshold key together, in three rounds, as one trustee does it.
 *
 * Source: design 3, sections 4 and 13; docs/formats/trustees.md; the same bytes as
 * `ballots/rounds.py` makes of the same random numbers.
 */

import { agreement, findSeat, readCertificates, readPublicHalf } from "./certificates";
import type { Certificate } from "./certificates";
import { openSecret, sealSecret } from "./channel";
import { ChannelError, RevealedError, SealingError, SecretShareError } from "./errors";
import { SignatureError, WrongKeyError } from "./errors";
import { BASE, formatPoint, formatScalar, product, raise, readScalar, reduce } from "./group";
import type { Point } from "./group";
import { parseCanonical, readExactly, readFields, readNumber, readText } from "./json";
import type { Random } from "./random";
import { commitTo, derivePolynomial, makeCertificate, makeSeed, type Seat, type Seed } from "./seeds";
import { sign } from "./signing";
import { publicKeyOf, publicKeyWithProof } from "./trustees";

const LARGEST_GATHERED = 2 ** 24;
const LARGEST_SEALED = 2 ** 17;
const MOST_TRUSTEES = 100;

/** What a trustee makes in the first round. */
export interface Joining {
  /** The content of her key file: her seed. */
  readonly file: string;
  readonly certificate: string;
  /** The digest of her polynomial's public half. */
  readonly commitment: string;
}

/** What is known to all after the first round. */
export interface Ceremony {
  readonly election: string;
  /** The trustee's own number, from 1. */
  readonly index: number;
  readonly threshold: number;
  /** Raw, in the order of their numbers. */
  readonly certificates: readonly string[];
  readonly commitments: readonly string[];
}

/** Round 1: a new seed, its certificate, and the digest of the polynomial that follows from it. */
export function joinCeremony(election: string, seat: Seat, random: Random): Joining {
  const size = readNumber(seat.size, 1, MOST_TRUSTEES);
  const threshold = readNumber(seat.threshold, 1, size);
  const index = readNumber(seat.index, 1, size);
  const seed = makeSeed(random);
  return {
    file: seed.text,
    certificate: makeCertificate(seed, { size, threshold, index }, random),
    commitment: commitTo(derivePolynomial(seed, threshold, election).signed),
  };
}

/** Round 2: the polynomial that was committed to, with a sealed secret for each trustee. */
export async function makePolynomial(
  seed: Seed,
  ceremony: Ceremony,
  random: Random,
): Promise<string> {
  const { certificates, own } = takeSeat(seed, ceremony);
  const { election, threshold, commitments } = ceremony;
  const { coefficients, points, signed } = derivePolynomial(seed, threshold, election);
  if (commitments[own - 1] !== commitTo(signed)) throw new RevealedError(own);
  const secrets: string[] = [];
  for (const [at, { encryption }] of certificates.entries()) {
    const secret = JSON.stringify({ secret: formatScalar(evaluate(coefficients, at + 1)) });
    secrets.push(await sealSecret(secret, seed.signing, encryption, random));
  }
  const kept = JSON.stringify({ polynomial: coefficients.map(formatScalar) });
  return JSON.stringify({
    polynomial: await sealSecret(kept, seed.signing, raise(BASE, seed.decryption), random),
    secrets,
    coefexps: signed,
    signature: sign(agreement(certificates, points), seed.signing, random),
  });
}

/** Round 3: open the secrets sent to one, and give the public half of one's share. */
export async function makeVerificationKey(
  seed: Seed,
  ceremony: Ceremony,
  gathered: string,
  random: Random,
): Promise<string> {
  const { certificates, own } = takeSeat(seed, ceremony);
  const { secrets, halves } = readGathered(gathered, ceremony, certificates);
  let secret = 0n;
  for (const [at, sealed] of secrets.entries()) {
    const { verification } = certificates[at] as Certificate;
    const text = await openSecret(sealed, seed.decryption, verification, at + 1);
    secret += readSecret(text, own, at + 1, halves[at] ?? []);
  }
  secret = reduce(secret);
  const { pok, public_key } = publicKeyWithProof(secret, random);
  const signature = sign(public_key, seed.signing, random);
  const kept = JSON.stringify({ decryption_key: formatScalar(secret) });
  const { encryption } = certificates[own - 1] as Certificate;
  return JSON.stringify({
    private_key: await sealSecret(kept, seed.signing, encryption, random),
    public_key: { pok, public_key, signature },
  });
}

/** The private half of one's share, from what was kept sealed for its owner. */
export async function openPrivateKey(seed: Seed, sealed: string): Promise<bigint> {
  let text: string;
  try {
    text = await openSecret(sealed, seed.decryption, raise(BASE, seed.signing), 0);
  } catch (error) {
    const isOther = error instanceof ChannelError || error instanceof SignatureError;
    throw isOther ? new WrongKeyError() : error;
  }
  return readScalar(readFields(parseCanonical(text), "decryption_key")["decryption_key"]);
}

function takeSeat(
  seed: Seed,
  { certificates, commitments, threshold, index }: Ceremony,
): { certificates: Certificate[]; own: number } {
  const read = readCertificates(certificates, readNumber(threshold, 1, MOST_TRUSTEES));
  readExactly(commitments, read.length, (digest) => readText(digest, 64));
  const own = findSeat(seed, read);
  if (own !== index) throw new WrongKeyError();
  return { certificates: read, own };
}

/** The secrets sent to one, and every polynomial's public half: signed, and committed to. */
function readGathered(
  raw: string,
  { threshold, commitments }: Ceremony,
  certificates: readonly Certificate[],
): { secrets: string[]; halves: Point[][] } {
  const got = readFields(
    parseCanonical(raw, LARGEST_GATHERED),
    ...["polynomial", "secrets", "coefexps", "signatures"],
  );
  readText(got["polynomial"], LARGEST_SEALED);
  const size = certificates.length;
  const secrets = readExactly(got["secrets"], size, (one) => readText(one, LARGEST_SEALED));
  const signatures = readExactly(got["signatures"], size, (one) => one);
  const halves = readExactly(got["coefexps"], size, (half, at) =>
    blame(at + 1, () => readPublicHalf(half, signatures[at], certificates, threshold, at + 1)),
  );
  halves.forEach(({ signed }, at) => {
    if (commitments[at] !== commitTo(signed)) throw new RevealedError(at + 1);
  });
  return { secrets, halves: halves.map(({ points }) => points) };
}

/** A secret, which must be the value at `own` of the polynomial whose public half is `points`. */
function readSecret(text: string, own: number, sender: number, points: readonly Point[]): bigint {
  const secret = blame(sender, () =>
    readScalar(readFields(parseCanonical(text), "secret")["secret"]),
  );
  const expected = points.map((point, power) => raise(point, BigInt(own) ** BigInt(power)));
  if (formatPoint(product(expected)) !== publicKeyOf(secret)) throw new SecretShareError(sender);
  return secret;
}

/** Do something with what the trustee at `index` sent: whatever is wrong with it is hers. */
function blame<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SealingError && error.index === undefined) {
      throw new SealingError(error.name, error.message, index);
    }
    throw error;
  }
}

function evaluate(coefficients: readonly bigint[], at: number): bigint {
  return coefficients.reduceRight((value, next) => reduce(value * BigInt(at) + next), 0n);
}
