/**
 * htmx for the officers' pages, set up for a page without inline code or style.
 *
 * The history cache would keep pages in sessionStorage, indicator styles would be an
 * inline style, and evaluation is what the content security policy forbids anyway.
 */

import htmx from "htmx.org/dist/htmx.esm.js";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.historyCacheSize = 0;
htmx.config.selfRequestsOnly = true;
