/**
 * The voters' worker: signing in and sealing. All cryptography of their pages happens here.
 *
 * Source: design 3 (the formats), design 6, section 0.1 (the kit).
 */

import { voteOf } from "./crypto/choices";
import { publicCredential, signInCode } from "./crypto/credentials";
import { parseElection } from "./crypto/election";
import { SealingError } from "./crypto/errors";
import { browserRandom } from "./crypto/random";
import { sealBallot } from "./crypto/sealing";
import { serve } from "./serve";
import type { VoterTasks } from "./tasks";

const random = browserRandom();

serve<VoterTasks>({
  signInCode: ({ secret }) => signInCode(secret),

  publicCredential: ({ box, credential }) => publicCredential(box, credential),

  seal(takes) {
    // The secret in this tab may be another person's: her ballot must not be sent as this one's.
    if (publicCredential(takes.box, takes.credential) !== takes.publicCredential) {
      throw new SealingError("WrongCredentialError");
    }
    const election = parseElection(takes.election, takes.box, takes.sha256);
    const votes = takes.choices.map((choice, index) => voteOf(election.questions[index], choice));
    return sealBallot(election, takes.credential, votes, random);
  },
});
