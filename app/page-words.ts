import type { Locale } from "~/kernel/locale";

/**
 * What stands on a few pages of a module alone: of people and guests, of decisions, of suggesting, of what one is told. Written
 * out, because Vite makes one chunk of each (`chunkOfWords` in vite.config.ts). A module that has such pages adds its four lines.
 */
export const PAGE_WORDS = {
  accounts: {
    en: () => import("~/accounts/words/page/en"),
    uk: () => import("~/accounts/words/page/uk"),
    ru: () => import("~/accounts/words/page/ru"),
    zh: () => import("~/accounts/words/page/zh"),
  },
  decisions: {
    en: () => import("~/decisions/words/page/en"),
    uk: () => import("~/decisions/words/page/uk"),
    ru: () => import("~/decisions/words/page/ru"),
    zh: () => import("~/decisions/words/page/zh"),
  },
  ideas: {
    en: () => import("~/ideas/words/page/en"),
    uk: () => import("~/ideas/words/page/uk"),
    ru: () => import("~/ideas/words/page/ru"),
    zh: () => import("~/ideas/words/page/zh"),
  },
  notifications: {
    en: () => import("~/notifications/words/page/en"),
    uk: () => import("~/notifications/words/page/uk"),
    ru: () => import("~/notifications/words/page/ru"),
    zh: () => import("~/notifications/words/page/zh"),
  },
  priceResearch: {
    en: () => import("~/price-research/words/page/en"),
    uk: () => import("~/price-research/words/page/uk"),
    ru: () => import("~/price-research/words/page/ru"),
    zh: () => import("~/price-research/words/page/zh"),
  },
  prototypes: {
    en: () => import("~/prototypes/words/page/en"),
    uk: () => import("~/prototypes/words/page/uk"),
    ru: () => import("~/prototypes/words/page/ru"),
    zh: () => import("~/prototypes/words/page/zh"),
  },
} satisfies Record<string, Record<Locale, () => Promise<{ default: object }>>>;
