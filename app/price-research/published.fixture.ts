import published from "./pricing-vectors.fixture.json";

/** Published numbers and their results, as the design holds them; every statistic is checked against them. */
export { published };

/** Published numbers are printed to four places or more. */
export const PLACES = 4;
