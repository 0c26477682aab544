/** The few components of govuk-frontend that need script, each by its own path to stay small. */

export { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
export { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
export { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
export { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
