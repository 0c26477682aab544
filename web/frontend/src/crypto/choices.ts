/**
 * From the name of a choice to the numbers that are sealed.
 *
 * Design 3, section 6: one number per choice, the blank flag first.
 */

import { ChoiceRulesError } from "./errors";
import type { Question } from "./questions";
import type { Vote } from "./sealing";

/** The name of a choice in a motion, or the numbers themselves. */
export type Choice = string | Vote;

/** A motion's choices, with the blank flag before them. */
const MOTION = ["blank", "for", "against"];

/** The numbers to seal for a choice. */
export function voteOf(question: Question | undefined, choice: Choice): Vote {
  if (typeof choice !== "string") return choice;
  // Were the answers swapped in what was handed out, a vote For would count as Against.
  const isMotion =
    question?.kind === "plain" &&
    question.answers.join() === "For,Against" &&
    question.blank &&
    question.min === 1 &&
    question.max === 1;
  if (!isMotion || !MOTION.includes(choice)) throw new ChoiceRulesError("not a motion's choice");
  return MOTION.map((name) => (name === choice ? 1 : 0));
}
