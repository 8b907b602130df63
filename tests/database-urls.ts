/** Names shared by the run's PostgreSQL and the test files that clone from it. */
export const TEMPLATE = "tandem_template";
export const TEST_PASSWORD = "for-tests-only";
export const TEST_LOGINS = ["portal_app", "portal_staff_app", "portal_jobs", "supabase_gateway"] as const;

/** The address of a database of this run's server, as one login. */
export function testUrl(login: string, database: string): string {
  return `postgres://${login}:${TEST_PASSWORD}@127.0.0.1:${process.env.TANDEM_TEST_PORT}/${database}`;
}
