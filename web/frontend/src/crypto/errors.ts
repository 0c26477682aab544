/** Why the worker refused: one named error each, as in the package `ballots`. */

/** The base; `name` is what crosses from the worker to the page. */
export class SealingError extends Error {
  /** Of several trustees, the number of the one whose part is wrong. */
  readonly index: number | undefined;

  constructor(name: string, detail = "", index?: number) {
    super(detail ? `${name}: ${detail}` : name);
    this.name = name;
    this.index = index;
  }
}

/** The browser's source of randomness fails, or repeats itself. */
export class RandomnessError extends SealingError {
  constructor(detail: string) {
    super("RandomnessError", detail);
  }
}

/** Outside bytes are not the one way to write any value. */
export class FormError extends SealingError {
  constructor(detail: string) {
    super("FormError", detail);
  }
}

/** A point is outside the prime-order group, or the identity where no honest program puts it. */
export class PointError extends SealingError {
  constructor(detail: string) {
    super("PointError", detail);
  }
}

/** The bytes handed out are not those that were asked for, or belong to another election. */
export class WrongElectionError extends SealingError {
  constructor(detail: string) {
    super("WrongElectionError", detail);
  }
}

/** The choices break the question's rules. */
export class ChoiceRulesError extends SealingError {
  constructor(detail: string) {
    super("ChoiceRulesError", detail);
  }
}

/** A secret is not in the form of a credential. */
export class CredentialFormError extends SealingError {
  constructor() {
    super("CredentialFormError");
  }
}

/** The file is not a trustee's private key. */
export class KeyFileError extends SealingError {
  constructor() {
    super("KeyFileError");
  }
}

/** The private key is a good one, but of another trustee or election. */
export class WrongKeyError extends SealingError {
  constructor() {
    super("WrongKeyError");
  }
}

/** A message that must be signed is not signed by her in whose name it stands. */
export class SignatureError extends SealingError {
  constructor(what: string, index: number) {
    super("SignatureError", what, index);
  }
}

/** A secret cannot be opened with this key, or was meant for another. */
export class ChannelError extends SealingError {
  constructor(what: string, index: number) {
    super("ChannelError", what, index);
  }
}

/** A secret is not on the polynomial of the trustee who sent it. */
export class SecretShareError extends SealingError {
  constructor(index: number) {
    super("SecretShareError", "", index);
  }
}

/** A trustee shows another polynomial than she committed to, perhaps after seeing the others'. */
export class RevealedError extends SealingError {
  constructor(index: number) {
    super("RevealedError", "", index);
  }
}

/** The certificates are not those of one set-up, one seat each. */
export class CertificateError extends SealingError {
  constructor(what: string, index: number) {
    super("CertificateError", what, index);
  }
}
