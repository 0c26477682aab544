/** What voters' pages have done by their worker. */

import { helper, type Ask } from "../helper";
import type { VoterTasks } from "../tasks";

/** Have the voters' worker do a task. */
export const ask: Ask<VoterTasks> = helper<VoterTasks>("teg-worker");
