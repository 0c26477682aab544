/**
 * Credentials: the secret that signs a member's ballot, and what is derived from it.
 *
 * Source: design 3, section 5; design 2, "The personal link".
 */

import { digest, hexDigest, join, toInteger, utf8 } from "./bytes";
import { CredentialFormError } from "./errors";
import { BASE, formatPoint, raise, reduce } from "./group";

const BASE58 = "[1-9A-HJ-NP-Za-km-z]";
const CREDENTIAL = new RegExp(`^${BASE58}{5}-${BASE58}{6}-${BASE58}{5}-${BASE58}{6}$`);

/** Whether a text is in the form of a credential. */
export function isCredential(text: string): boolean {
  return CREDENTIAL.test(text);
}

/** The private exponent that signs ballots in the box `uuid`. */
export function signingKey(uuid: string, credential: string): bigint {
  // The text is not repeated in the error: it may be a secret.
  if (!isCredential(credential)) throw new CredentialFormError();
  const halves = [0, 1].map((half) =>
    digest(utf8(`derive_credential|${uuid}|${half}|${credential}`)),
  );
  return reduce(toInteger(join(...halves)));
}

/** The public half: 64 hexadecimal digits on the box's credential list. */
export function publicCredential(uuid: string, credential: string): string {
  return formatPoint(raise(BASE, signingKey(uuid, credential)));
}

/** What the page posts to sign in: a hash that tells nothing of the secret. */
export function signInCode(secret: string): string {
  return hexDigest(utf8(`teg-sign-in|${secret}`));
}
