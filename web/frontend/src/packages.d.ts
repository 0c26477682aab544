/** What we use of packages that publish no types. */

interface GovukComponent {
  readonly moduleName: string;
  new (root: HTMLElement): unknown;
}
declare module "govuk-frontend/dist/govuk/components/button/button.mjs" {
  export const Button: GovukComponent;
}
declare module "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs" {
  export const ErrorSummary: GovukComponent;
}
declare module "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs" {
  export const NotificationBanner: GovukComponent;
}
declare module "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs" {
  export const SkipLink: GovukComponent;
}
