/**
 * Secrets from one threshold trustee to another: signed, then encrypted with AES-GCM.
 *
 * Nobody else sees them, the service that carries them included.
 * Source: design 3, section 4; the same bytes as `ballots/channel.py`.
 */

import { digest, fromHex, fromUtf8, toHex, utf8 } from "./bytes";
import { ChannelError } from "./errors";
import { BASE, formatPoint, raise, randomScalar, readPoint, type Point } from "./group";
import { parseCanonical, readFields, readText } from "./json";
import type { Random } from "./random";
import { readSigned, signMessage, verifySignature } from "./signing";

const LARGEST_SECRET = 2 ** 16;

/** Sign a secret with the sender's key and encrypt it for the recipient. */
export async function sealSecret(
  text: string,
  sender: bigint,
  recipient: Point,
  random: Random,
): Promise<string> {
  // Naming the recipient inside stops her from passing it on as if sent to another.
  const addressed = JSON.stringify({ recipient: formatPoint(recipient), message: text });
  const plain = utf8(JSON.stringify(signMessage(addressed, sender, random)));
  const [nonce, hidden] = [randomScalar(random), randomScalar(random)];
  const shared = raise(BASE, hidden);
  const alpha = formatPoint(raise(BASE, nonce));
  const cipher = { name: "AES-GCM", iv: initial(alpha) };
  const data = await crypto.subtle.encrypt(cipher, await keyOf(shared), plain as BufferSource);
  return JSON.stringify({
    algorithm: "AES-GCM",
    alpha,
    beta: formatPoint(raise(recipient, nonce).add(shared)),
    data: toHex(new Uint8Array(data)),
  });
}

/** Decrypt a secret with one's own private key, and verify that the sender at `index` sent it. */
export async function openSecret(
  sealed: string,
  secret: bigint,
  sender: Point,
  index: number,
): Promise<string> {
  const got = readFields(parseCanonical(sealed), "algorithm", "alpha", "beta", "data");
  const data = readText(got["data"], 2 * LARGEST_SECRET);
  if (got["algorithm"] !== "AES-GCM" || !/^([0-9a-f]{2})+$/.test(data)) {
    throw new ChannelError("form", index);
  }
  // A point of small order as alpha would betray the key, little by little: readPoint refuses.
  const [alpha, beta] = [readPoint(got["alpha"]), readPoint(got["beta"])];
  const key = await keyOf(beta.subtract(raise(alpha, secret)));
  const cipher = { name: "AES-GCM", iv: initial(formatPoint(alpha)) };
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt(cipher, key, fromHex(data) as BufferSource);
  } catch {
    throw new ChannelError("key", index);
  }
  const signed = readSigned(parseCanonical(textOf(plain, index)), LARGEST_SECRET);
  verifySignature("secret", signed.message, signed.signature, sender, index);
  const { recipient, message } = readFields(parseCanonical(signed.message), "recipient", "message");
  if (recipient !== formatPoint(raise(BASE, secret))) throw new ChannelError("recipient", index);
  return readText(message, LARGEST_SECRET);
}

function textOf(plain: ArrayBuffer, index: number): string {
  try {
    return fromUtf8(new Uint8Array(plain));
  } catch {
    throw new ChannelError("text", index);
  }
}

function keyOf(shared: Point): Promise<CryptoKey> {
  const raw = digest(utf8(`key|${formatPoint(shared)}`)) as BufferSource;
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** All 32 bytes are the nonce. */
function initial(alpha: string): BufferSource {
  return digest(utf8(`iv|${alpha}`)) as BufferSource;
}
