import type { RawBuilder } from "kysely";

/**
 * A column that one module adds to a statement of another: what a page shows of both is read at once, and neither knows the
 * other's tables. A route takes it from one door and gives it to the other.
 */
export type Beside<T> = RawBuilder<T>;
