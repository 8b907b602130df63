/** Whether a change was refused because the work with its account has ended: nobody joins it then, by whatever door. */
export const isOfClosedAccount = (error: unknown): boolean =>
  error instanceof Error && "constraint" in error && error.constraint === "only_open_accounts";
