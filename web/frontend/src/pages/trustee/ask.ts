/** What trustees' pages have done by their worker. */

import { helper, type Ask } from "../../helper";
import type { TrusteeTasks } from "../../tasks";

/** Have the trustees' worker do a task. */
export const ask: Ask<TrusteeTasks> = helper<TrusteeTasks>("teg-trustee-worker");
