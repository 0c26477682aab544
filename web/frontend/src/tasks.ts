/** What the two workers can do: the voters' one, and the trustees' one. */

import type { Choice } from "./crypto/choices";
import type { Share } from "./crypto/decryption";
import type { Ceremony, Joining } from "./crypto/rounds";
import type { SealedBallot } from "./crypto/sealing";
import type { Seat } from "./crypto/seeds";
import type { TrusteeKey } from "./crypto/trustees";

/** Done by worker.js. */
export interface VoterTasks {
  signInCode: { takes: { secret: string }; gives: string };
  publicCredential: { takes: { box: string; credential: string }; gives: string };
  seal: {
    takes: {
      box: string;
      election: Uint8Array;
      /** What the bytes of `election` must hash to. */
      sha256: string;
      credential: string;
      /** The public credential that the service knows for this member. */
      publicCredential: string;
      choices: readonly Choice[];
    };
    gives: SealedBallot;
  };
}

/** One box whose tally a trustee opens or shuffles: raw records of its archive. */
export interface BoxTally {
  readonly box: string;
  readonly election: string;
  readonly encrypted_tally: string;
}

/** Done by trustee-worker.js. */
export interface TrusteeTasks {
  makeKey: { takes: { name?: string }; gives: TrusteeKey };
  makeCertificate: { takes: { election: string; seat: Seat }; gives: Joining };
  makePolynomial: { takes: { keyFile: string; ceremony: Ceremony }; gives: string };
  makeVerificationKey: {
    takes: { keyFile: string; ceremony: Ceremony; gathered: string };
    gives: string;
  };
  shuffle: { takes: { boxes: readonly BoxTally[] }; gives: Readonly<Record<string, string>> };
  openTally: {
    takes: {
      publicKey: string;
      keyFile: string;
      /** A threshold trustee's private share, sealed to herself; null for a single trustee. */
      sealedKey: string | null;
      boxes: readonly BoxTally[];
    };
    gives: Readonly<Record<string, Share>>;
  };
}
