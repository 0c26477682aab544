/**
 * An election's public data, as one box's archive holds it, and its fingerprint.
 *
 * Source: design 3, section 3.
 */

import { base64Digest, hexDigest } from "./bytes";
import { FormError, PointError, WrongElectionError } from "./errors";
import { readPoint, type Point } from "./group";
import { parseCanonicalBytes, readFields, readList, readText } from "./json";
import { LONGEST_TEXT, readQuestion, type Question } from "./questions";

const MOST_QUESTIONS = 50;

/** What a box is about. */
export interface Election {
  readonly uuid: string;
  readonly key: Point;
  readonly questions: readonly Question[];
  /** Base64 SHA-256 of the raw bytes: every ballot and proof is bound to it. */
  readonly fingerprint: string;
}

/** Parse an election record; `sha256`, where given, is what the bytes must hash to. */
export function parseElection(raw: Uint8Array, uuid: string, sha256?: string): Election {
  // A server that hands out other bytes than it logged is found out here.
  if (sha256 !== undefined && hexDigest(raw) !== sha256) throw new WrongElectionError("digest");
  const got = readFields(
    parseCanonicalBytes(raw),
    ...["version", "description", "name", "group", "public_key", "questions", "uuid"],
    ...["administrator?", "credential_authority?", "language?"],
  );
  if (got["version"] !== 1 || got["group"] !== "Ed25519") throw new FormError("version or group");
  readText(got["description"], LONGEST_TEXT);
  readText(got["name"], LONGEST_TEXT);
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(readText(got["uuid"], 64))) throw new FormError("uuid");
  if (got["uuid"] !== uuid) throw new WrongElectionError("uuid");
  const key = readPoint(got["public_key"]);
  // With the identity as key, every ballot could be read by anyone.
  if (key.is0()) throw new PointError("public_key");
  const questions = readList(got["questions"], MOST_QUESTIONS, readQuestion);
  if (questions.length === 0) throw new FormError("questions");
  return { uuid, key, questions, fingerprint: base64Digest(raw) };
}
