/** Bytes, their texts, and SHA-256. */

import { sha256 } from "@noble/hashes/sha2.js";

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes; throws a TypeError where they are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  // ignoreBOM keeps a byte order mark, so that the text gives the same bytes again.
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes that pairs of hexadecimal digits write. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** A number below 2^256 as 32 bytes, lowest first. */
export function toLittleEndian(integer: bigint): Uint8Array {
  return fromHex(integer.toString(16).padStart(64, "0")).reverse();
}

/** The integer that bytes write, highest byte first. */
export function toInteger(bytes: Uint8Array): bigint {
  return BigInt("0x" + (toHex(bytes) || "0"));
}

/** Several runs of bytes as one. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Each part after its length in 4 bytes, highest first: no two lists of parts share a text. */
export function withLengths(...parts: readonly Uint8Array[]): Uint8Array {
  return join(...parts.flatMap((part) => [fourBytes(part.length), part]));
}

/** A number below 2^32 as 4 bytes, highest first. */
export function fourBytes(number: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** SHA-256 of bytes. */
export function digest(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}

/** SHA-256 in hexadecimal: names of objects. */
export function hexDigest(bytes: Uint8Array): string {
  return toHex(digest(bytes));
}

/** SHA-256 in Base64 without padding: fingerprints, trackers, what a ballot signs. */
export function base64Digest(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...digest(bytes))).replace("=", "");
}
